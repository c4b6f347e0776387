/**
 * `npm run bench -- chat [--receivers N] [--senders N] [--rate N] [--seconds N] [--nodes 2] [--ramp] [--baseline]`: one room
 * of the built server, every message stored before it is told. Prints one JSON line. Times are milliseconds.
 *
 * `--baseline` puts the same load on a bare Socket.IO relay, in the same run. `--nodes 2` spreads the receivers over two
 * nodes on one Redis, whose CPU counts, and compares with one node in the same run. `--ramp` looks for the highest rate
 * at which 99 of 100 deliveries take less than 250 ms, the server on one core and everybody else on the other.
 */
import { parseArgs } from 'node:util';
import { openHouseHall, openRelayHall, type Hall } from './load/hall.js';
import { openTalk, round, type TalkResult } from './load/talk.js';
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

/** The room's members talk steadily; the first second, in which everything is compiled, does not count. */
async function steady(hall: Hall): Promise<TalkResult> {
  const talk = await openTalk(hall, load.receivers);
  try {
    await talk.run({ rate: load.rate * load.senders, seconds: 1 });
    return await talk.run({ rate: load.rate * load.senders, seconds: load.seconds });
  } finally {
    talk.close();
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
  for (const pid of hall.pids) await pin(pid, 0);
  for (const pid of [process.pid, ...(hall.storePid === null ? [] : [hall.storePid])]) await pin(pid, 1);
  const talk = await openTalk(hall, load.receivers);
  try {
    await talk.run({ rate: 20, seconds: 2 });
    let best: RampResult = { messagesPerSecond: 0, deliveriesPerSecond: 0, messagesPerFrame: 0, cpuMicrosPerDelivery: 0, p99: 0 };
    let [rate, tooMuch] = [100, Infinity];
    while (tooMuch / Math.max(1, best.messagesPerSecond) > rampFineness) {
      const result = await talk.run({ rate, seconds: rampSeconds });
      const holds = result.deliveredFraction === 1 && result.acknowledged === result.sent && result.latencyMs.p99 < rampLatencyMs;
      process.stderr.write(`${rate} a second: p99 ${result.latencyMs.p99} ms, ${result.cpuMicrosPerDelivery} µs each\n`);
      if (holds) best = { messagesPerSecond: rate, deliveriesPerSecond: rate * load.receivers, messagesPerFrame: round(result.delivered / result.frames), cpuMicrosPerDelivery: result.cpuMicrosPerDelivery, p99: result.latencyMs.p99 };
      else tooMuch = rate;
      rate = Math.round(tooMuch === Infinity ? rate * 2 : (best.messagesPerSecond + tooMuch) / 2);
    }
    return best;
  } finally {
    talk.close();
  }
}

/** Opens a hall, measures in it, and closes it. */
async function inside<T>(opening: Promise<Hall>, measure: (hall: Hall) => Promise<T>): Promise<T> {
  const hall = await opening;
  try {
    return await measure(hall);
  } finally {
    await hall.stop();
  }
}

async function benchSteady(): Promise<object> {
  const members = load.receivers + load.senders;
  const nodes = Number(values.nodes);
  const one = await inside(openHouseHall({ members }), steady);
  const relay = values.baseline ? await inside(openRelayHall(members), steady) : null;
  const several = nodes > 1 ? await inside(openHouseHall({ members, nodes }), steady) : null;
  return {
    ...one,
    ...(relay ? { baseline: relay, cpuRatio: round(one.cpuMicrosPerDelivery / relay.cpuMicrosPerDelivery) } : {}),
    ...(several ? { nodes, severalNodes: several, nodesCpuRatio: round(several.cpuMicrosPerDelivery / one.cpuMicrosPerDelivery) } : {}),
  };
}

async function benchRamp(): Promise<object> {
  // Everybody talks: the limit of what one member may say is not what is measured.
  const house = await inside(openHouseHall({ members: load.receivers }), ramp);
  const relay = values.baseline ? await inside(openRelayHall(load.receivers), ramp) : null;
  return { ramp: true, ...house, ...(relay ? { baseline: relay, deliveriesRatio: round(house.deliveriesPerSecond / relay.deliveriesPerSecond) } : {}) };
}

process.stdout.write(`${JSON.stringify({ bench: 'chat', ...load, ...(values.ramp ? await benchRamp() : await benchSteady()) })}\n`);
