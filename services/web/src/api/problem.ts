import type { Problem } from "./types.ts";

/** An error that the API reported as a problem document (RFC 9457). */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly problem: Problem;
  /** Seconds to wait before the next attempt, if the API gave them. */
  readonly retryAfter: number | undefined;

  constructor(problem: Problem, retryAfter?: number) {
    super(problem.detail || problem.title);
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  get status(): number {
    return this.problem.status;
  }
}

/** Whether the API reported that the resource does not exist. */
export function isMissing(error: unknown): boolean {
  return error instanceof ProblemError && error.status === 404;
}

/** For `catch`: what stands for a resource that does not exist; any other error is thrown on. */
export function ifMissing<T>(instead: T): (error: unknown) => T {
  return (error) => {
    if (!isMissing(error)) throw error;
    return instead;
  };
}

/** Whether the API refused one parameter or field of the request. */
export function isRefused(error: unknown, field: string): boolean {
  if (!(error instanceof ProblemError) || error.status !== 422) return false;
  return (error.problem.errors ?? []).some(({ path }) => path.split(".").includes(field));
}

/** No response at all: the gateway is stopped or the network is down. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";

  constructor() {
    super("Latent Atlas does not respond. Is it running?");
  }
}

/** The problem in an error response; a proxy's response may not be JSON. */
export async function problemOf(response: Response): Promise<ProblemError> {
  const retry = Number(response.headers.get("Retry-After") ?? Number.NaN);
  const retryAfter = Number.isFinite(retry) ? retry : undefined;
  try {
    const problem = (await response.json()) as Problem;
    if (typeof problem?.detail === "string") {
      return new ProblemError({ ...problem, status: response.status }, retryAfter);
    }
  } catch {
    // Not JSON: only the status is known.
  }
  const title = response.statusText || `HTTP ${response.status}`;
  return new ProblemError(
    { type: "about:blank", title, status: response.status, detail: `The server responded: ${title}.` },
    retryAfter,
  );
}

/** Whether the same request may succeed later, since the request itself is not at fault. */
export function isPassing(error: unknown): boolean {
  if (error instanceof Unreachable) return true;
  return error instanceof ProblemError && (error.status >= 500 || error.status === 429);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
