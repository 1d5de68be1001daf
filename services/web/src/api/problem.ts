import type { Problem } from "./types.ts";

/** The API said no, and why (RFC 9457). */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly problem: Problem;
  /** Seconds after which it is worth asking again, if the API said so. */
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

/** Whether the API said that there is no such thing. */
export function isMissing(error: unknown): boolean {
  return error instanceof ProblemError && error.status === 404;
}

/** No answer came at all: the gateway is stopped or the network is gone. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";

  constructor() {
    super("Latent Atlas does not answer. Is it running?");
  }
}

/** What an answer that is no success says; also when it comes from something in between and is no JSON. */
export async function problemOf(response: Response): Promise<ProblemError> {
  const retry = Number(response.headers.get("Retry-After") ?? Number.NaN);
  const retryAfter = Number.isFinite(retry) ? retry : undefined;
  try {
    const problem = (await response.json()) as Problem;
    if (typeof problem?.detail === "string") {
      return new ProblemError({ ...problem, status: response.status }, retryAfter);
    }
  } catch {
    // Not JSON: the status alone has to do.
  }
  const title = response.statusText || `HTTP ${response.status}`;
  return new ProblemError(
    { type: "about:blank", title, status: response.status, detail: `The server answered: ${title}.` },
    retryAfter,
  );
}

/** Whether the same question may be answered in a moment: nothing is wrong with it. */
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
