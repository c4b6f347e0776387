/**
 * `npm run bench -- live [--viewers N] [--soak SECONDS]`: a live workshop with one camera and real WebRTC viewers, who decode
 * in processes of their own. They join one by one, then all at once; then the media worker is killed. With `--soak` they come
 * and go for so long instead. Prints one JSON line; times are milliseconds from the call that joins.
 */
import { parseArgs } from 'node:util';
import { soak } from './live/soak.js';
import { openStageHall, type StageHall } from './live/stageHall.js';
import { cpuSecondsOf, residentMb } from './load/usage.js';

const { values } = parseArgs({ options: { viewers: { type: 'string', default: '40' }, soak: { type: 'string' } } });
const viewers = Number(values.viewers);
/** For how long the worker is watched while everybody sees, in milliseconds. */
const steadyMs = 10_000;
/** Those who come one by one come so far apart that none waits for the keyframe that the one before asked for. Milliseconds. */
const apartMs = 1_200;

interface Sent {
  keyframeRequests: number;
  bytes: number;
}

function percentiles(times: readonly number[]): { p50: number; p95: number; last: number } {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number): number => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { p50: at(0.5), p95: at(0.95), last: at(1) };
}

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const everybody = (hall: StageHall): number[] => Array.from({ length: hall.inEach }, (_none, place) => place);

async function allAtOnce(hall: StageHall): Promise<number[]> {
  return (await Promise.all(hall.audiences.map((audience) => audience.ask<number[]>({ ask: 'join', people: everybody(hall) })))).flat();
}

async function leaveAll(hall: StageHall): Promise<void> {
  await Promise.all(hall.audiences.map((audience) => audience.ask({ ask: 'leave', people: everybody(hall) })));
}

async function oneByOne(hall: StageHall): Promise<number[]> {
  const times: number[] = [];
  for (const place of everybody(hall)) {
    for (const audience of hall.audiences) {
      times.push(...(await audience.ask<number[]>({ ask: 'join', people: [place] })));
      await later(apartMs);
    }
  }
  return times;
}

async function measure(hall: StageHall): Promise<object> {
  const single = await oneByOne(hall);
  await leaveAll(hall);
  const [before, crowdAt] = [await hall.host.ask<Sent>({ ask: 'sent' }), performance.now()];
  const crowd = await allAtOnce(hall);
  const crowdSeconds = (performance.now() - crowdAt) / 1_000;
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
    joinToFirstFrameMs: { oneByOne: percentiles(single), allAtOnce: percentiles(crowd) },
    keyframeRequests: { count: after.keyframeRequests - before.keyframeRequests, perSecond: Math.round(((after.keyframeRequests - before.keyframeRequests) / Math.max(crowdSeconds, 1)) * 100) / 100 },
    kbitPerConsumer: Math.round(((sent.bytes - after.bytes) * 8) / 1_000 / seconds),
    workerCpuMsPerConsumerSecond: Math.round(((cpu * 1_000) / (crowd.length * seconds)) * 1_000) / 1_000,
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
