/**
 * The latest request wins: while a slider moves, there are more requests than can be answered. A few run at
 * once, only the newest one waits, and an answer is dropped if a newer one has already been shown.
 */
export interface Latest<Q> {
  ask(question: Q): void;
  /** Drop the waiting request and abort the running ones. */
  cancel(): void;
}

export function latest<Q, A>(
  work: (question: Q, signal: AbortSignal) => Promise<A>,
  answered: (answer: A, question: Q) => void,
  failed: (error: unknown, question: Q) => void,
  inFlight = 2,
): Latest<Q> {
  let waiting: { question: Q } | undefined;
  let running = 0;
  let asked = 0;
  let shown = 0;
  let abort = new AbortController();

  async function start(question: Q): Promise<void> {
    const number = ++asked;
    const { signal } = abort;
    running++;
    try {
      const answer = await work(question, signal);
      if (!signal.aborted && number > shown) {
        shown = number;
        answered(answer, question);
      }
    } catch (error) {
      if (!signal.aborted && number === asked && !waiting) failed(error, question);
    } finally {
      if (!signal.aborted) {
        running--;
        const next = waiting;
        waiting = undefined;
        if (next) void start(next.question);
      }
    }
  }

  return {
    ask(question) {
      if (running >= inFlight) waiting = { question };
      else void start(question);
    },
    cancel() {
      abort.abort();
      abort = new AbortController();
      waiting = undefined;
      running = 0;
      shown = asked;
    },
  };
}
