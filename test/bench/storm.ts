/**
 * `npm run bench -- storm [--members N] [--missed N]`: everybody in a room loses their connection, so many messages are said
 * meanwhile, and all come back at once: connect, join, ask for what was missed. Prints one JSON line; times are milliseconds
 * from the moment the first of them knocks.
 */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { chat } from '../../shared/contracts/chat.js';
import { openHouseHall } from './load/hall.js';
import { Line } from './load/line.js';
import { cpuSecondsOf } from './load/usage.js';

const { values } = parseArgs({ options: { members: { type: 'string', default: '1000' }, missed: { type: 'string', default: '50' } } });
const [members, missed] = [Number(values.members), Number(values.missed)];
const speakers = 10;

interface Joined {
  ok: boolean;
  data: { lastSeq: number };
}
interface History {
  ok: boolean;
  data: { messages: { seq: number }[] };
}

const hall = await openHouseHall({ members: members + speakers });
const [url = ''] = hall.urls;
const [pid = 0] = hall.pids;
const at = { roomId: hall.roomId };

async function comeBack(token: string | null, startedAt: number): Promise<{ line: Line; tookMs: number; has: number }> {
  const line = await Line.open(url, token);
  const joined = (await line.ask(chat.join.name, at)) as Joined;
  const page = (await line.ask(chat.history.name, { ...at, after: 0, limit: 200 })) as History;
  const has = joined.ok && page.ok ? page.data.messages.length : 0;
  return { line, tookMs: performance.now() - startedAt, has };
}

try {
  // Everybody was here before: what follows is a return, with all code compiled.
  const before: Line[] = [];
  for (const token of hall.tokens.slice(0, members)) before.push((await comeBack(token, 0)).line);
  for (const line of before) line.close();
  const speaking = await Promise.all(hall.tokens.slice(members).map((token) => Line.open(url, token)));
  for (let count = 0; count < missed; count += 1) await speaking[count % speakers]?.ask(chat.send.name, { ...at, clientMessageId: randomUUID(), text: `Missed ${count}` });

  const [startedAt, cpuBefore, storeBefore] = [performance.now(), await cpuSecondsOf(pid), await cpuSecondsOf(hall.storePid ?? 0)];
  const back = await Promise.all(hall.tokens.slice(0, members).map((token) => comeBack(token, startedAt)));
  const times = back.map(({ tookMs }) => tookMs).toSorted((one, other) => one - other);
  const percentile = (share: number): number => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0);
  const result = {
    bench: 'storm', members, missed,
    caughtUp: back.filter(({ has }) => has === missed).length,
    caughtUpMs: { p50: percentile(0.5), p99: percentile(0.99), all: percentile(1) },
    cpuMicrosPerMember: Math.round(((await cpuSecondsOf(pid)) - cpuBefore) * (1e6 / members)),
    storeCpuMicrosPerMember: Math.round(((await cpuSecondsOf(hall.storePid ?? 0)) - storeBefore) * (1e6 / members)),
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
  for (const { line } of back) line.close();
  for (const line of speaking) line.close();
} finally {
  await hall.stop();
}
