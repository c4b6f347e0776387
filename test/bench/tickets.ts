/**
 * `npm run bench -- tickets [--buyers N] [--seats N] [--connections N]`: so many members ask for a seat of one workshop at once, each
 * over HTTP as the button does, on so many connections that are kept; whoever holds one pays on the payment page, and then the
 * orders are counted. Prints one JSON line: `holdsPerSecond` are askings that were judged a second, held or refused; times are
 * milliseconds from an asking to its answer, `holdMs` of those that got a seat (a checkout at the payment sandbox included).
 */
import os from 'node:os';
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { parseArgs } from 'node:util';
import mongoose from 'mongoose';
import { Member } from '../../server/models/member.js';
import { Order } from '../../server/models/order.js';
import { Seats } from '../../server/models/seats.js';
import type { OrderView } from '../../shared/contracts/tickets.js';
import type { WorkshopView } from '../../shared/contracts/workshops.js';
import { openHouseHall } from './load/hall.js';
import { cpuSecondsOf, residentMb } from './load/usage.js';

const { values } = parseArgs({ options: { buyers: { type: 'string', default: '10000' }, seats: { type: 'string', default: '100' }, connections: { type: 'string', default: '64' } } });
const [buyers, seats, connections] = [Number(values.buyers), Number(values.seats), Number(values.connections)];
/** How long a paid order may take to be seen as paid. */
const patienceMs = 60_000;

const hall = await openHouseHall({ members: buyers + 1, sells: true });
const [url = ''] = hall.urls;
const [pid = 0] = hall.pids;
const [organizerToken, ...tokens] = hall.tokens;
const agent = new http.Agent({ keepAlive: true, maxSockets: connections });

interface Answer {
  status: number;
  body: string;
}

/** One exchange on one of the kept connections. */
function post(path: string, headers: Record<string, string>, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request(new URL(path, url), { agent, method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString() }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

const ask = (path: string, token: string | null | undefined, input: object): Promise<Answer> =>
  post(path, { authorization: `Bearer ${token ?? ''}`, 'content-type': 'application/json' }, JSON.stringify(input));

/** A workshop with so many seats, published through the door by a member who is made the organizer. */
async function publish(): Promise<WorkshopView> {
  // Whoever moderates may come in without a ticket.
  await Member.updateMany({}, { role: 'member' });
  const organizer = await Member.findOne({ name: 'Member 0' }).orFail();
  await organizer.updateOne({ role: 'organizer' });
  const form = {
    clientWorkshopId: randomUUID(), title: 'Bench', summary: '', startsAt: new Date(Date.now() + 30 * 86_400_000).toISOString(), minutes: 60, hostIds: [String(organizer._id)], currency: 'usd',
    pools: [{ key: 'main', name: '', capacity: seats }], types: [{ key: 'main', name: '', pool: 'main', price: 1_900, rules: [] }], refundPolicy: '',
  };
  const { status, body } = await ask('/api/workshops', organizerToken, form);
  if (status !== 200) throw new Error(`the workshop was refused: ${body}`);
  return (JSON.parse(body) as { data: WorkshopView }).data;
}

interface Asked {
  ms: number;
  order: OrderView | null;
}

async function askForSeat(workshopId: string, token: string | null): Promise<Asked> {
  const askedAt = performance.now();
  const { body } = await ask('/api/checkout', token, { clientOrderId: randomUUID(), product: { kind: 'seat', workshopId } });
  const reply = JSON.parse(body) as { ok: true; data: OrderView } | { ok: false; failure: { code: string } };
  if (!reply.ok && reply.failure.code !== 'ticket.sold_out') throw new Error(`a buyer was told ${reply.failure.code}`);
  return { ms: performance.now() - askedAt, order: reply.ok ? reply.data : null };
}

/** All buyers, so many at a time as there are connections: each asks as soon as one is free, so that no time is spent in a queue of ours. */
async function rush(workshopId: string): Promise<Asked[]> {
  const waiting = tokens[Symbol.iterator]();
  const asked: Asked[] = [];
  await Promise.all(Array.from({ length: connections }, async () => {
    for (const token of waiting) asked.push(await askForSeat(workshopId, token));
  }));
  return asked;
}

async function pay({ checkoutUrl }: OrderView): Promise<void> {
  const { status } = await post(`${new URL(checkoutUrl ?? '').pathname}/pay`, { origin: url, 'content-type': 'application/x-www-form-urlencoded' }, '');
  if (status !== 303) throw new Error(`the payment page answered ${status}`);
}

/** Resolves when no order waits any more to be seen as paid. */
async function allSettled(workshopId: string): Promise<void> {
  const until = performance.now() + patienceMs;
  while (performance.now() < until && (await Order.exists({ workshopId, state: 'open' })));
}

function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((one, other) => one - other);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}

const spread = (times: readonly number[]) => ({ p50: percentile(times, 0.5), p95: percentile(times, 0.95) });

try {
  await mongoose.connect(hall.storeUri);
  const { id: workshopId } = await publish();
  const [cpuBefore, startedAt] = [await cpuSecondsOf(pid), performance.now()];
  const asked = await rush(workshopId);
  const seconds = (performance.now() - startedAt) / 1_000;
  const cpuSeconds = (await cpuSecondsOf(pid)) - cpuBefore;
  await Promise.all(asked.flatMap(({ order }) => (order ? [pay(order)] : [])));
  await allSettled(workshopId);
  const sold = await Order.countDocuments({ workshopId, state: 'paid' });
  const { taken } = await Seats.findById(workshopId).orFail().lean();
  const [held, refused] = [asked.filter(({ order }) => order !== null), asked.filter(({ order }) => order === null)];
  process.stdout.write(`${JSON.stringify({
    bench: 'tickets', buyers, seats, connections, sold, oversold: Math.max(0, Math.max(sold, taken.length) - seats), held: held.length, refused: refused.length,
    holdsPerSecond: Math.round(asked.length / seconds), holdMs: spread(held.map(({ ms }) => ms)), refusedMs: spread(refused.map(({ ms }) => ms)),
    cpuMicrosPerHold: Math.round((cpuSeconds / asked.length) * 1e6), rssMb: await residentMb(pid),
    machine: { cpu: os.cpus()[0]?.model ?? '', cores: os.cpus().length, load: os.loadavg()[0], node: process.version },
  })}\n`);
} finally {
  agent.destroy();
  await mongoose.disconnect();
  await hall.stop();
}
