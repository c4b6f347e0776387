/**
 * `npm run bench -- chat [--receivers N] [--senders N] [--rate N] [--seconds N] [--nodes 2] [--ramp] [--baseline]`: one room
 * of the built server, every message stored before it is told. Prints one JSON line. Times are milliseconds.
 *
 * `--baseline` puts the same load on a bare Socket.IO relay, in the same run. `--nodes 2` spreads the receivers over two
 * nodes on one Redis, whose CPU counts, and compares with one node in the same run. `--ramp` looks for the highest rate
 * at which 99 of 100 deliveries take less than 250 ms. Who serves runs on one core, and everybody else on the other: where
 * the scheduler wakes a receiver on the server's core, each write costs half as much again, in some runs and not in others.
 */
import { parseArgs } from 'node:util';
import { openHouseHall, openRelayHall, type Hall } from './load/hall.js';
import { openTalk, perSender, round, type Talk, type TalkResult } from './load/talk.js';
import { pin } from './load/usage.js';

const { values } = parseArgs({
  options: {
    receivers: { type: 'string', default: '500' },
    senders: { type: 'string', default: '5' },
    rate: { type: 'string', default: '4' },
    seconds: { type: 'string', default: '20' },
    nodes: { type: 'string', default: '1' },
    ramp: { type: 'boolean', default: false },
    baseline: { type: 'boolean', default: false },
  },
});
const load = { receivers: Number(values.receivers), senders: Number(values.senders), rate: Number(values.rate), seconds: Number(values.seconds) };

/** So many slices has a measurement: what else the machine does meanwhile falls on all halls alike. */
const slices = 10;

/**
 * What is told three thousand times is compiled, as it is in a house that has been open for an hour: after a thousand, the
 * compiler's threads still take as much as a twentieth of the time. Meanwhile each process gives back what its start has
 * left: V8's memory reducer collects a heap up to four times in a row, half a second of a core.
 */
const warmUp = { rate: 100, seconds: 30 };

async function setApart(hall: Hall): Promise<void> {
  for (const pid of hall.pids) await pin(pid, 0);
  for (const pid of [process.pid, ...(hall.storePid === null ? [] : [hall.storePid])]) await pin(pid, 1);
}

/** The members of all halls talk steadily, one hall after the other, in turns. */
async function takeTurns(halls: readonly Hall[]): Promise<TalkResult[]> {
  const rate = load.rate * load.senders;
  const talks: Talk[] = [];
  try {
    for (const hall of halls) {
      await setApart(hall);
      talks.push(await openTalk(hall, load.receivers));
    }
    for (const talk of talks) {
      await talk.run(warmUp);
      talk.reset();
    }
    for (let slice = 0; slice < slices; slice += 1) for (const talk of talks) await talk.run({ rate, seconds: load.seconds / slices });
    return await Promise.all(talks.map((talk) => talk.result()));
  } finally {
    for (const talk of talks) talk.close();
  }
}

const rampLatencyMs = 250;
const rampSeconds = 4;
/** A bound so tight that the next step would be within the measurement's own noise. */
const rampFineness = 1.08;

interface RampResult {
  messagesPerSecond: number;
  deliveriesPerSecond: number;
  messagesPerFrame: number;
  cpuMicrosPerDelivery: number;
  p99: number;
}

/** Doubles the rate until it is too much, then halves the distance. */
async function ramp(hall: Hall): Promise<RampResult> {
  await setApart(hall);
  const talk = await openTalk(hall, load.receivers);
  try {
    await talk.run({ rate: 20, seconds: 2 });
    let best: RampResult = { messagesPerSecond: 0, deliveriesPerSecond: 0, messagesPerFrame: 0, cpuMicrosPerDelivery: 0, p99: 0 };
    let [rate, tooMuch] = [100, Infinity];
    while (tooMuch / Math.max(1, best.messagesPerSecond) > rampFineness) {
      talk.reset();
      await talk.run({ rate, seconds: rampSeconds });
      const { cpuMicrosPerDelivery, latencyMs, delivered, frames, ...result } = await talk.result();
      process.stderr.write(`${rate} a second: p99 ${latencyMs.p99} ms, ${cpuMicrosPerDelivery} µs each\n`);
      const holds = result.deliveredFraction === 1 && result.acknowledged === result.sent && latencyMs.p99 < rampLatencyMs;
      if (holds) best = { messagesPerSecond: rate, deliveriesPerSecond: rate * load.receivers, messagesPerFrame: round(delivered / frames), cpuMicrosPerDelivery, p99: latencyMs.p99 };
      else tooMuch = rate;
      rate = Math.round(tooMuch === Infinity ? rate * 2 : (best.messagesPerSecond + tooMuch) / 2);
    }
    return best;
  } finally {
    talk.close();
  }
}

/** Opens halls, measures in them, and closes them. */
async function inside<T>(openings: (() => Promise<Hall>)[], measure: (halls: readonly Hall[]) => Promise<T>): Promise<T> {
  const halls: Hall[] = [];
  try {
    for (const open of openings) halls.push(await open());
    return await measure(halls);
  } finally {
    for (const hall of halls) await hall.stop();
  }
}

async function benchSteady(): Promise<object> {
  const members = load.receivers + Math.max(load.senders, warmUp.rate / perSender);
  const nodes = Number(values.nodes);
  const openings = [() => openHouseHall({ members }), ...(nodes > 1 ? [() => openHouseHall({ members, nodes })] : []), ...(values.baseline ? [() => openRelayHall(members)] : [])];
  const [one, ...others] = await inside<TalkResult[]>(openings, takeTurns);
  if (!one) throw new Error('nothing was measured');
  const several = nodes > 1 ? others.shift() : undefined;
  const relay = others.shift();
  return {
    ...one,
    ...(several ? { nodes, severalNodes: several, nodesCpuRatio: round(several.cpuMicrosPerDelivery / one.cpuMicrosPerDelivery) } : {}),
    ...(relay ? { baseline: relay, cpuRatio: round(one.cpuMicrosPerDelivery / relay.cpuMicrosPerDelivery) } : {}),
  };
}

async function benchRamp(): Promise<object> {
  // So many that the limit of what one member may say is not what is measured.
  const members = load.receivers + 400;
  const openings = [() => openHouseHall({ members }), ...(values.baseline ? [() => openRelayHall(members)] : [])];
  return inside<object>(openings, async (halls) => {
    const [house, relay] = [halls[0] && (await ramp(halls[0])), halls[1] && (await ramp(halls[1]))];
    return { ramp: true, ...house, ...(house && relay ? { baseline: relay, deliveriesRatio: round(house.deliveriesPerSecond / relay.deliveriesPerSecond) } : {}) };
  });
}

process.stdout.write(`${JSON.stringify({ bench: 'chat', ...load, ...(values.ramp ? await benchRamp() : await benchSteady()) })}\n`);
