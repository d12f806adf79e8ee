// A drawing as a picture of twice its size, sharp on every screen.

const SCALE = 2;

/**
 * @param {{ svg: string, width: number, height: number }} drawing
 * @returns {Promise<Blob>}
 */
export async function pngOf({ svg, width, height }) {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image(width, height);
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = width * SCALE;
    canvas.height = height * SCALE;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The browser could not make a picture."))), "image/png");
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}
