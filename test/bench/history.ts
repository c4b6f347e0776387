/**
 * `npm run bench -- history [--messages N] [--rooms N] [--tries N]`: a room of a million messages and a hundred rooms beside it: the
 * latest page, a page far back, a jump to a date, and the unread counts of all rooms, each through the door. Prints one JSON
 * line; times are milliseconds as the client sees them.
 */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import mongoose, { Types } from 'mongoose';
import { Message, type MessageDocument } from '../../server/models/messages/message.js';
import { ReadMark } from '../../server/models/reading/readMark.js';
import { Member } from '../../server/models/member.js';
import { Room } from '../../server/models/room.js';
import { chat } from '../../shared/contracts/chat.js';
import { reading } from '../../shared/contracts/reading.js';
import { openHouseHall } from './load/hall.js';
import { Line } from './load/line.js';

const { values } = parseArgs({ options: { messages: { type: 'string', default: '1000000' }, rooms: { type: 'string', default: '100' }, tries: { type: 'string', default: '1500' } } });
const [total, rooms, tries] = [Number(values.messages), Number(values.rooms), Number(values.tries)];
const inBesides = 300;
const batch = 2_000;
const firstAt = Date.UTC(2025, 0, 1);
/** People write for eight hours a day, every ten seconds. */
const [everyMs, daily] = [10_000, 2_880];
const dayMs = 24 * 60 * 60_000;
const sentAtOf = (seq: number): number => firstAt + Math.floor(seq / daily) * dayMs + (seq % daily) * everyMs;
const words = 'A message of ordinary length, as people write them in a chat room of some liveliness. '.repeat(2);

/** Fills a room straight into the store. */
async function fill(roomId: Types.ObjectId, authors: readonly Types.ObjectId[], count: number): Promise<void> {
  for (let from = 0; from < count; from += batch) {
    const documents = Array.from({ length: Math.min(batch, count - from) }, (_none, index): MessageDocument => {
      const seq = from + index + 1;
      return { _id: new Types.ObjectId(), roomId, seq, authorId: authors[seq % authors.length] ?? roomId, clientMessageId: randomUUID(), text: `${words}${seq}`, sentAt: new Date(sentAtOf(seq)) };
    });
    await Message.collection.insertMany(documents, { ordered: true });
  }
}

/** Times of `tries` calls, so many that one collection of garbage is not the hundredth of them, one after the other, by one reader after the other: how often each may ask is limited. */
async function timed(lines: readonly Line[], call: (line: Line) => Promise<unknown>): Promise<{ p50: number; p99: number }> {
  const times: number[] = [];
  for (let count = 0; count < tries; count += 1) {
    const line = lines[count % lines.length];
    if (!line) throw new Error('nobody reads');
    const before = performance.now();
    const reply = (await call(line)) as { ok: boolean };
    if (!reply.ok) throw new Error(JSON.stringify(reply));
    times.push(performance.now() - before);
  }
  times.sort((one, other) => one - other);
  const percentile = (share: number): number => Math.round((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0) * 100) / 100;
  return { p50: percentile(0.5), p99: percentile(0.99) };
}

const hall = await openHouseHall({ members: 40 });
await mongoose.connect(hall.storeUri);
const members = (await Member.find().select({ _id: 1 }).lean()).map(({ _id }) => _id);
const startedAt = performance.now();
const lines = await Promise.all(hall.tokens.map((token) => Line.open(hall.urls[0] ?? '', token)));
try {
  await fill(new Types.ObjectId(hall.roomId), members, total);
  const besides = await Room.insertMany(Array.from({ length: rooms - 1 }, (_none, index) => ({ name: `beside-${index}`, topic: '', gate: { kind: 'tier', tierKey: 'free', rank: 0 }, isListed: true })));
  for (const room of besides) await fill(room._id, members, inBesides);
  const fillSeconds = Math.round((performance.now() - startedAt) / 1_000);
  // The first list makes the marks; then each room is set to have been read at another place.
  for (const line of lines) await line.ask(reading.list.name, {});
  for (const [index, room] of besides.entries()) await ReadMark.updateMany({ roomId: room._id }, { $set: { readSeq: (index * 7) % inBesides } });

  const { roomId } = hall;
  const anywhere = (): number => 1 + Math.floor(Math.random() * total);
  const calls: ((line: Line) => Promise<unknown>)[] = [
    (line) => line.ask(chat.history.name, { roomId }),
    (line) => line.ask(chat.history.name, { roomId, around: anywhere() }),
    (line) => line.ask(chat.seqAt.name, { roomId, at: new Date(sentAtOf(anywhere())).toISOString() }),
    (line) => line.ask(reading.list.name, {}),
  ];
  // A server that has just been started compiles while it answers, each kind of call for itself; that does not count.
  for (const call of calls) await timed(lines, call);
  const times = [];
  for (const call of calls) times.push(await timed(lines, call));
  const [latestPageMs, pageFarBackMs, jumpToDateMs, unreadMs] = times;
  process.stdout.write(`${JSON.stringify({ bench: 'history', messages: total, rooms, fillSeconds, latestPageMs, pageFarBackMs, jumpToDateMs, unreadMs })}\n`);
} finally {
  for (const line of lines) line.close();
  await mongoose.disconnect();
  await hall.stop();
}
