/** The body of a response as a file, with progress while it arrives. */

/** Called with the share of a file that has arrived, 0 to 1; never called if its length is unknown. */
export type ReceiveProgress = (share: number) => void;

export async function received(response: Response, progress: ReceiveProgress): Promise<Blob> {
  // For a compressed response it is the compressed length, which says nothing about the unpacked one.
  const length = response.headers.has("Content-Encoding")
    ? 0
    : Number(response.headers.get("Content-Length"));
  if (!response.body || !(length > 0)) return response.blob();
  let have = 0;
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        have += chunk.byteLength;
        progress(Math.min(1, have / length));
        controller.enqueue(chunk);
      },
    }),
  );
  const type = response.headers.get("Content-Type") ?? "";
  return new Response(counted, { headers: { "Content-Type": type } }).blob();
}
