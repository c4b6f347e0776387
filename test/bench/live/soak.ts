/** Viewers that come and go for a long time, and what the server and its worker hold on to meanwhile. */
import { readdir, readlink } from 'node:fs/promises';
import { residentMb } from '../load/usage.js';
import type { StageHall } from './stageHall.js';

interface Sample {
  seconds: number;
  serverFds: number;
  workerFds: number;
  /** Sockets that the worker has open: its ports, and the TCP lines of those who come by TCP. */
  workerSockets: number;
  serverMb: number;
  workerMb: number;
  /** What the server's JavaScript holds, garbage that is not yet collected included. */
  heapMb: number;
}

const sampleMs = 10_000;
/** So much of the time belongs to warming up, and is left out of the slopes. */
const warmUp = 1 / 3;

/**
 * Garbage comes and goes, so of the heap the least says what is really held: of the first and of the second half of the time
 * after the warming up.
 *
 * @returns how often somebody left and came back, the samples' first and last, how each figure grew per minute, and what the heap held.
 */
export async function soak(hall: StageHall, seconds: number): Promise<object> {
  const startedAt = performance.now();
  const elapsed = (): number => (performance.now() - startedAt) / 1_000;
  const workerPid = await hall.workerPid();
  const samples: Sample[] = [];
  const take = async (): Promise<void> => void samples.push(await sample(hall, workerPid, elapsed()));
  await take();
  const timer = setInterval(() => void take(), sampleMs);
  let returns = 0;
  await Promise.all(
    hall.audiences.map(async (audience) => {
      while (elapsed() < seconds) {
        const people = [Math.floor(Math.random() * hall.inEach)];
        await audience.ask({ ask: 'leave', people });
        await audience.ask({ ask: 'join', people });
        returns += 1;
      }
    }),
  );
  clearInterval(timer);
  await take();
  const settled = samples.filter((one) => one.seconds >= seconds * warmUp);
  const figures = ['serverFds', 'workerFds', 'workerSockets', 'serverMb', 'workerMb'] as const;
  const growthPerMinute = Object.fromEntries(figures.map((figure) => [figure, slope(settled.map((one) => [one.seconds / 60, one[figure]]))]));
  const half = Math.floor(settled.length / 2);
  const leastHeapMb = [settled.slice(0, half), settled.slice(half)].map((part) => Math.min(...part.map(({ heapMb }) => heapMb)));
  return { seconds, returns, first: samples[0], last: samples.at(-1), growthPerMinute, leastHeapMb };
}

async function sample({ serverPid, url }: StageHall, workerPid: number, seconds: number): Promise<Sample> {
  const [server, worker] = [await openFiles(serverPid), await openFiles(workerPid)];
  return {
    seconds: Math.round(seconds),
    serverFds: server.length,
    workerFds: worker.length,
    workerSockets: worker.filter((target) => target.startsWith('socket:')).length,
    serverMb: await residentMb(serverPid),
    workerMb: await residentMb(workerPid),
    heapMb: await heapUsedMb(url),
  };
}

async function heapUsedMb(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Math.round(Number(/^nodejs_heap_size_used_bytes (\S+)/m.exec(metrics)?.[1]) / 104_857.6) / 10;
}

async function openFiles(pid: number): Promise<string[]> {
  const folder = `/proc/${pid}/fd`;
  // One may close between being listed and being read.
  return Promise.all((await readdir(folder)).map((fd) => readlink(`${folder}/${fd}`).catch(() => '')));
}

/** The slope of the line that lies closest to the points (least squares). */
function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (place: 0 | 1): number => points.reduce((sum, point) => sum + point[place], 0) / points.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const [above, below] = points.reduce(([up, down], [x, y]) => [up + (x - meanX) * (y - meanY), down + (x - meanX) ** 2], [0, 0]);
  return Math.round((above / below) * 1_000) / 1_000;
}
