/**
 * Loads frames in their order, a few at a time, so that the first frames arrive first. Returns a promise for
 * each of them; after a failure, all later ones fail as well.
 */
export function loadAhead<T>(
  count: number,
  concurrency: number,
  work: (index: number) => Promise<T>,
): Promise<T>[] {
  const frames: Promise<T>[] = [];
  for (let index = 0; index < count; index++) {
    const turn: Promise<unknown> = frames[index - concurrency] ?? Promise.resolve();
    const frame = turn.then(() => work(index));
    // Whoever awaits a frame gets its error; without this, the other promises would report it as unhandled.
    frame.catch(() => undefined);
    frames.push(frame);
  }
  return frames;
}
