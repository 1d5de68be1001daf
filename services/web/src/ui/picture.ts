/** Show an encoded picture in an image; done when it can be painted.
 *
 * Its address lives exactly as long as the browser reads from it: one that is withdrawn earlier, when a
 * view goes away for instance, is an error on the console. */
export async function decodeInto(image: HTMLImageElement, picture: Blob): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(picture);
  image.src = url;
  await image.decode().finally(() => URL.revokeObjectURL(url));
  return image;
}
