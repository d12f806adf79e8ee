// The height of an embed, told to the page around it: by `requestResize()` where a frame follows its content by itself (CSS
// `frame-sizing`), and by one kind of message for the script `frame.js`. It is the height of the content, never that of the frame: a
// frame that grows makes no content grow, and so nothing goes round.

/** @typedef {{ clauseworth: "height", height: number }} HeightMessage */

/** @param {HTMLElement} content */
export function tellHeight(content) {
  let told = 0;
  const tell = () => {
    const height = Math.ceil(content.getBoundingClientRect().height);
    if (height === told || height === 0) return;
    told = height;
    const sized = /** @type {{ requestResize?: () => void }} */ (/** @type {unknown} */ (window));
    try {
      sized.requestResize?.();
    } catch {
      // The page around does not allow it.
    }
    /** @type {HeightMessage} */
    const message = { clauseworth: "height", height };
    if (window.parent !== window) window.parent.postMessage(message, "*");
  };
  new ResizeObserver(tell).observe(content);
}
