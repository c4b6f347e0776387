/** Which worker a guest is put on. Weights decide at once; measured processor time, which lags behind, corrects them. */

/** How busy a worker is. */
export interface WorkerLoad {
  /** What stands on it, in the weights of `Load`. */
  weight(): number;
  /** Share of one core that it used when last measured, 0 to 1. */
  cpu: number;
}

/**
 * A worker is full at this weight: about 75 viewers who receive two tracks each, 150 of the 400 to 500 consumers that
 * mediasoup's documentation gives one core, so that a router more is opened before the core is short.
 * https://mediasoup.org/documentation/v3/scalability/
 */
export const fullWeight = 1_000;

/** Above this share of its core a worker is full, whatever its weight. */
const fullCpu = 0.66;
/** Another worker is worth a pipe to it only when it is this much cooler. */
const worthwhileCpu = 0.1;

/** The one with the least to do. */
export function leastLoaded<W extends WorkerLoad>(workers: readonly W[]): W | null {
  return workers.reduce<W | null>((least, worker) => (least === null || score(worker) < score(least) ? worker : least), null);
}

/**
 * Where the next guest of a stage receives: on a worker that the stage already stands on while one of them has room, for
 * each further worker costs a pipe for each track; else on the least loaded of all, if it is worth that.
 *
 * @param standing - the workers the stage stands on; at least one.
 */
export function spill<W extends WorkerLoad>(standing: readonly W[], all: readonly W[], full = fullWeight): W | null {
  const here = leastLoaded(standing);
  if (!here || (here.weight() < full && here.cpu < fullCpu)) return here;
  const coolest = leastLoaded(all.filter((worker) => !standing.includes(worker)));
  if (!coolest) return here;
  const isLighter = coolest.weight() < here.weight() && coolest.cpu < here.cpu + worthwhileCpu;
  return isLighter || coolest.cpu < here.cpu - worthwhileCpu ? coolest : here;
}

/** Weight counts at once; a measured core that is all busy counts as much as a full one. */
function score(worker: WorkerLoad): number {
  return worker.weight() / fullWeight + worker.cpu;
}
