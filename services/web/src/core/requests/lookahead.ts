/**
 * Work for a row of frames, some of it at a time and in their order, so that the first frames are there
 * first. A promise for each of them; what comes after a failure fails as well.
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
    // Who waits for a frame hears of its failure; the others need not complain as well.
    frame.catch(() => undefined);
    frames.push(frame);
  }
  return frames;
}
