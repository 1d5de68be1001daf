/** The body of an answer as a file, with word of how much of it is here. */

/** Told the share of a file that has come, 0 to 1; not told anything where its length is unknown. */
export type ReceiveProgress = (share: number) => void;

export async function received(response: Response, progress: ReceiveProgress): Promise<Blob> {
  // Of a compressed answer it is the length before it is unpacked, which says nothing about what comes out.
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
