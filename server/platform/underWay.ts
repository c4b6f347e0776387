/** Waiting for work that is under way, as long as a deadline allows. */

/** Waits for what is under way and for what it brings with it. */
export async function settle(underWay: ReadonlySet<Promise<void>>, deadline: AbortSignal): Promise<void> {
  while (underWay.size > 0 && !deadline.aborted) await Promise.allSettled([...underWay]);
}

/** Waits for work, but not beyond the deadline. */
export async function before(deadline: AbortSignal, work: Promise<unknown>): Promise<void> {
  if (deadline.aborted) return;
  await Promise.race([work, new Promise((resolve) => deadline.addEventListener('abort', resolve))]);
}
