// For the page around embeds, where a browser does not know CSS `frame-sizing`: `<script src="…/frame.js" async>`. It makes frames as
// high as their embeds say, and does nothing else. A message counts where it comes from the window of such a frame, whatever it says
// its origin is, and holds a height that can be one. An embed measures its content, which does not depend on the height of its frame;
// should something else answer every growth by asking for more, it is not followed for ever.
{
  const MOST = 20000;
  /** So often in a row a frame may grow at one width, without a second in which it does not ask to. */
  const ROW = 10;
  /** @type {WeakMap<HTMLIFrameElement, { count: number, last: number, width: number }>} */
  const grown = new WeakMap();

  addEventListener("message", ({ source, data }) => {
    if (data?.clauseworth !== "height" || !Number.isFinite(data.height) || data.height <= 0 || data.height > MOST) return;
    for (const frame of document.querySelectorAll("iframe")) {
      if (frame.contentWindow !== source || !/\/embed(\.html|\/[\w-]+\/[\w-]+\.html)/.test(frame.src)) continue;
      const { style } = frame;
      const height = Math.ceil(data.height);
      if (/** @type {Record<string, unknown>} */ (/** @type {unknown} */ (getComputedStyle(frame)))["frameSizing"] === "content-height") {
        // The browser does it, but for a page that has no origin, as one on a disk: then the frame is too low a moment later, too.
        setTimeout(() => {
          if (frame.clientHeight + 1 < height) style.cssText += `;frame-sizing:auto;height:${height}px`;
        }, 300);
        return;
      }
      const more = height - frame.clientHeight;
      if (more === 0) return;
      const now = performance.now();
      const width = frame.clientWidth;
      const { count = 0, last = 0, width: before = width } = grown.get(frame) ?? {};
      const row = more < 0 ? 0 : now - last > 1000 || width !== before ? 1 : count + 1;
      grown.set(frame, { count: row, last: now, width });
      if (row <= ROW) style.height = `${height}px`;
    }
  });
}
