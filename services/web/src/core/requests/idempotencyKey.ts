/**
 * Keys by which the gateway knows a request that is repeated, for instance because its answer was lost: the same
 * one for the same request, another one for another request.
 */
export class IdempotencyKey {
  #request: string | undefined;
  #key = "";

  of(request: object): string {
    const text = JSON.stringify(request);
    if (text !== this.#request) {
      this.#request = text;
      // Not randomUUID, which browsers offer on encrypted connections alone.
      const bytes = crypto.getRandomValues(new Uint8Array(16));
      this.#key = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    }
    return this.#key;
  }
}
