/** Uploads with progress, which fetch does not report. */

export interface FileOrder {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly file: Blob;
  readonly signal: AbortSignal;
  /** Called with the share that has been sent, 0 to 1. */
  readonly progress: (share: number) => void;
}

export type SendFile = (order: FileOrder) => Promise<Response>;

/** Fails as fetch does: with `TypeError` if there is no response, with `AbortError` if it is aborted. */
export const sendFile: SendFile = (order) =>
  new Promise((resolve, reject) => {
    const { method, url, headers, file, signal, progress } = order;
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    request.open(method, url);
    request.responseType = "arraybuffer";
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 1);
    request.onload = () => resolve(responseOf(request));
    request.onerror = () => reject(new TypeError("No response came."));
    request.onabort = () => reject(new DOMException("The upload was stopped.", "AbortError"));
    request.onloadend = () => signal.removeEventListener("abort", stop);
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) reject(new DOMException("The upload was stopped.", "AbortError"));
    else request.send(file);
  });

function responseOf(request: XMLHttpRequest): Response {
  const headers = new Headers();
  for (const line of request.getAllResponseHeaders().trim().split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  const empty = request.status === 204 || request.status === 304;
  return new Response(empty ? null : (request.response as ArrayBuffer), {
    status: request.status,
    statusText: request.statusText,
    headers,
  });
}
