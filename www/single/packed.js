// What the file holds beside its script: the parts of the engine, each packed with gzip and written as base64.

/** The media types of what is unpacked; a browser compiles WebAssembly while it arrives where it is said to be that. @type {Record<string, string>} */
const TYPES = { wasm: "application/wasm", json: "application/json", js: "text/javascript" };

/**
 * @param {BufferSource} packed
 * @param {string} name of the part
 * @returns {Response}
 */
export function unpacked(packed, name) {
  const type = TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "";
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream, { headers: { "content-type": type } });
}

/**
 * The bytes that a text of base64 stands for.
 * @param {string} text
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function bytesOf(text) {
  const { fromBase64 } = /** @type {{ fromBase64?: (text: string) => Uint8Array<ArrayBuffer> }} */ (Uint8Array);
  return fromBase64?.call(Uint8Array, text) ?? Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
