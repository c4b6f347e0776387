/**
 * `npm run bench -- live [--viewers N] [--soak SECONDS]`: a live workshop with one camera and real WebRTC viewers, who decode
 * in processes of their own. They join one by one, then all at once; then the media worker is killed. With `--soak` they come
 * and go for so long instead. Prints one JSON line; times are milliseconds from the call that joins.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import type { Arrival, Sent } from './live/audience.js';
import { soak } from './live/soak.js';
import { openStageHall, type StageHall } from './live/stageHall.js';
import { cpuSecondsOf, residentMb, turnsOf, type Turns } from './load/usage.js';

const { values } = parseArgs({ options: { viewers: { type: 'string', default: '40' }, soak: { type: 'string' } } });
const viewers = Number(values.viewers);
/** For how long the worker is watched while everybody sees, in milliseconds. */
const steadyMs = 10_000;
/** Those who come one by one come so far apart that none waits for the keyframe that the one before asked for. Milliseconds. */
const apartMs = 1_200;

function percentiles(times: readonly number[]): { p50: number; p95: number; last: number } {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number): number => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { p50: at(0.5), p95: at(0.95), last: at(1) };
}

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const everybody = (hall: StageHall): number[] => Array.from({ length: hall.inEach }, (_none, place) => place);

async function allAtOnce(hall: StageHall): Promise<Arrival[]> {
  return (await Promise.all(hall.audiences.map((audience) => audience.ask<Arrival[]>({ ask: 'join', people: everybody(hall) })))).flat();
}

async function leaveAll(hall: StageHall): Promise<void> {
  await Promise.all(hall.audiences.map((audience) => audience.ask({ ask: 'leave', people: everybody(hall) })));
}

async function oneByOne(hall: StageHall): Promise<Arrival[]> {
  const arrivals: Arrival[] = [];
  for (const place of everybody(hall)) {
    for (const audience of hall.audiences) {
      arrivals.push(...(await audience.ask<Arrival[]>({ ask: 'join', people: [place] })));
      await later(apartMs);
    }
  }
  return arrivals;
}

/** Where the time of those who came went, by the median: to the answer, from there to the road, and from there to the picture. */
function partsOf(arrivals: readonly Arrival[]): object {
  const median = (part: (arrival: Arrival) => number): number => percentiles(arrivals.map(part)).p50;
  return { answer: median(({ answered }) => answered), road: median(({ answered, connected }) => connected - answered), picture: median(({ connected, frame }) => frame - connected) };
}

interface Phase {
  arrivals: Arrival[];
  report: object;
}

/** How people came, and whose turn on a core it was meanwhile: where many waited long for theirs, the machine was measured. */
async function watchPhase(hall: StageHall, come: (hall: StageHall) => Promise<Arrival[]>): Promise<Phase> {
  const workerPid = await hall.workerPid();
  const turns = (): Promise<Turns[]> => Promise.all([[hall.serverPid, workerPid], [hall.host.pid], hall.audiences.map(({ pid }) => pid)].map(turnsOf));
  const [before, startedAt] = [await turns(), performance.now()];
  const arrivals = await come(hall);
  const seconds = (performance.now() - startedAt) / 1_000;
  const share = (after: number, first: number): number => Math.round(((after - first) / seconds) * 100) / 100;
  const [house, camera, audiences] = (await turns()).map((after, who) => ({ ran: share(after.ran, before[who]?.ran ?? 0), waited: share(after.waited, before[who]?.waited ?? 0) }));
  return { arrivals, report: { ...percentiles(arrivals.map(({ frame }) => frame)), parts: partsOf(arrivals), coreSecondsPerSecond: { house, camera, viewers: audiences } } };
}

function requestsSince(from: number, { requestedAt }: Sent, seconds: number): object {
  const times = requestedAt.filter((at) => at >= from);
  const gaps = times.slice(1).map((at, place) => at - (times[place] ?? at));
  return { count: times.length, perSecond: Math.round((times.length / Math.max(seconds, 1)) * 100) / 100, leastApartMs: gaps.length > 0 ? Math.min(...gaps) : null };
}

async function measure(hall: StageHall): Promise<object> {
  const single = await watchPhase(hall, oneByOne);
  await leaveAll(hall);
  const crowdAt = Date.now();
  const crowd = await watchPhase(hall, allAtOnce);
  const crowdSeconds = (Date.now() - crowdAt) / 1_000;
  const after = await hall.host.ask<Sent>({ ask: 'sent' });

  const workerPid = await hall.workerPid();
  const [cpuBefore, steadyAt] = [await cpuSecondsOf(workerPid), performance.now()];
  await later(steadyMs);
  const [cpu, seconds] = [(await cpuSecondsOf(workerPid)) - cpuBefore, (performance.now() - steadyAt) / 1_000];
  const sent = await hall.host.ask<Sent>({ ask: 'sent' });
  const memory = { server: await residentMb(hall.serverPid), worker: await residentMb(workerPid) };

  const recovering = [hall.host, ...hall.audiences].map((audience) => audience.ask<number>({ ask: 'recover' }));
  // A round trip later everybody waits for the news.
  await Promise.all([hall.host, ...hall.audiences].map((audience) => audience.ask({ ask: 'sent' })));
  const killedAt = Date.now();
  process.kill(workerPid, 'SIGKILL');
  const recoveredMs = Math.max(...(await Promise.all(recovering))) - killedAt;
  return {
    joinToFirstFrameMs: { oneByOne: single.report, allAtOnce: crowd.report },
    cores: availableParallelism(),
    keyframeRequests: requestsSince(crowdAt, after, crowdSeconds),
    kbitPerConsumer: Math.round(((sent.bytes - after.bytes) * 8) / 1_000 / seconds),
    workerCpuMsPerConsumerSecond: Math.round(((cpu * 1_000) / (crowd.arrivals.length * seconds)) * 1_000) / 1_000,
    recoveredAfterWorkerDeathMs: recoveredMs,
    residentMb: memory,
  };
}

const hall = await openStageHall(viewers);
try {
  await hall.host.ask({ ask: 'publish' });
  if (values.soak !== undefined) await allAtOnce(hall);
  const result = values.soak === undefined ? await measure(hall) : await soak(hall, Number(values.soak));
  process.stdout.write(`${JSON.stringify({ bench: 'live', viewers: hall.inEach * hall.audiences.length, ...result })}\n`);
} finally {
  await hall.stop();
}
