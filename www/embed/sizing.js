// The height of an embed, told to the page around it: by `requestResize()` where a frame follows its content by itself (CSS
// `frame-sizing`), and by one kind of message for the script `frame.js`. It is the height of the content, never that of the frame. Should
// something in it follow the height of the frame all the same, as what is given in `vh` does, that change is not told: it would go round.

/** @typedef {{ clauseworth: "height", height: number }} HeightMessage */

/** @param {HTMLElement} content */
export function tellHeight(content) {
  let told = 0;
  let frame = window.innerHeight;
  const tell = () => {
    const height = Math.ceil(content.getBoundingClientRect().height);
    if (height === told || height === 0) return;
    const grown = window.innerHeight - frame;
    const followed = grown !== 0 && Math.abs(height - told - grown) <= 1;
    frame = window.innerHeight;
    if (followed) return;
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
  // Whatever follows the frame has done so by the end of the task.
  window.addEventListener("resize", () => setTimeout(() => (frame = window.innerHeight)));
}
