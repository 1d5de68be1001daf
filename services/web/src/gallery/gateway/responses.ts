/** Responses in the formats of the gateway. */
import type { Problem } from "../../api/types.ts";

export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
}

export function png(blob: Blob): Response {
  return new Response(blob, { headers: { "Content-Type": "image/png" } });
}

export function problem(status: number, detail: string, errors?: Problem["errors"]): Response {
  const body = { type: "about:blank", title: detail, status, detail, errors: errors ?? null };
  return new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/problem+json" },
  });
}

export function npy(
  shape: readonly number[],
  data: Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>,
): Response {
  const type = data instanceof Uint8Array ? "|u1" : "<f4";
  const sides = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${sides}), }`;
  const padded = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`;
  const head = new Uint8Array([
    0x93,
    ...new TextEncoder().encode("NUMPY"),
    1,
    0,
    padded.length & 255,
    padded.length >> 8,
  ]);
  return new Response(new Blob([head, padded, data]), { headers: { "Content-Type": "application/x-npy" } });
}

/** A few bytes that identify the requested format. */
export function filmFile(form: string): Response {
  return new Response(form === "image/gif" ? "GIF89a" : "ftypisom", { headers: { "Content-Type": form } });
}

/** No answer, as long as it is waited for. */
export function untilAborted({ signal }: Request): Promise<Response> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
  });
}
