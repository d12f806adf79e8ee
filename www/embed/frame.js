// For the page around embeds, where a browser does not know CSS `frame-sizing`: `<script src="…/frame.js" async>`. It makes frames as
// high as their embeds say, and does nothing else. A message counts where it comes from the window of such a frame, whatever it says
// its origin is, and holds a height that can be one. An embed measures its content, which does not depend on the height of its frame;
// should something else answer every growth by asking for more, it is not followed for ever.
{
  const MOST = 20000;
  /** So often in a row a frame may grow within a second. */
  const ROW = 10;
  /** @type {WeakMap<HTMLIFrameElement, { count: number, since: number }>} */
  const grown = new WeakMap();

  addEventListener("message", ({ source, data }) => {
    if (data?.clauseworth !== "height" || !Number.isFinite(data.height) || data.height <= 0 || data.height > MOST) return;
    for (const frame of document.querySelectorAll("iframe")) {
      if (frame.contentWindow !== source || !/\/embed(\.html|\/[\w-]+\/[\w-]+\.html)/.test(frame.src)) continue;
      const { style } = frame;
      if (/** @type {Record<string, unknown>} */ (/** @type {unknown} */ (getComputedStyle(frame)))["frameSizing"] === "content-height") return;
      const height = Math.ceil(data.height);
      const more = height - frame.clientHeight;
      const row = grown.get(frame) ?? { count: 0, since: 0 };
      if (more < 0) row.count = 0;
      if (more > 0 && (row.count += 1) > ROW) return;
      grown.set(frame, row);
      if (more !== 0) style.height = `${height}px`;
    }
  });
}
