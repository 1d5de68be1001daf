/**
 * Show an encoded picture in an image; resolves when it can be painted.
 *
 * Its URL is revoked only after the browser has read it: revoking it earlier, for instance when the view is left,
 * causes an error on the console.
 */
export async function decodeInto(image: HTMLImageElement, picture: Blob): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(picture);
  image.src = url;
  await image.decode().finally(() => URL.revokeObjectURL(url));
  return image;
}
