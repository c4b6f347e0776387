/** People in a hall who talk and listen, and what came of it. */
import { randomUUID } from 'node:crypto';
import type { Hall } from './hall.js';
import { Line } from './line.js';
import { createTally, type Heard, type Tally, type TallyResult } from './tally.js';
import { cpuSecondsOf, cpuSecondsOfAll, residentMb } from './usage.js';

export interface Load {
  /** How many listen; the rest of the hall's members only talk. */
  receivers: number;
  /** Messages a second, by all who talk together. */
  rate: number;
  seconds: number;
}

export interface TalkResult extends TallyResult {
  /** Of all processes that serve the hall, the store's not counted. */
  cpuMicrosPerDelivery: number;
  storeCpuMicrosPerDelivery: number;
  rssMb: number;
}

export interface Talk {
  /** Forgets what was measured so far. */
  reset(): void;
  /** One stretch of talking. Stretches add up. */
  run(load: Pick<Load, 'rate' | 'seconds'>): Promise<void>;
  /** What came of all stretches since the last reset. */
  result(): Promise<TalkResult>;
  close(): void;
}

export const round = (value: number): number => Math.round(value * 100) / 100;
const until = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, time - performance.now())));

/** Reads what a frame says. All receivers get the same bytes, so the frame before is remembered. */
function createReader(): (packet: Buffer) => readonly Heard[] {
  let last = Buffer.alloc(0);
  let said: readonly Heard[] = [];
  return (packet) => {
    if (packet.equals(last)) return said;
    last = Buffer.from(packet);
    const [name, data] = JSON.parse(packet.toString()) as [string, { messages?: Told[] } & Told];
    if (name !== 'chat:posted' && name !== 'posted') said = [];
    else said = (data.messages ?? [data]).map(({ seq, text }) => ({ seq, number: Number(text.slice(text.lastIndexOf(' ') + 1)) }));
    return said;
  };
}
interface Told {
  seq: number;
  text: string;
}

/** Everybody comes in; the first `receivers` of the members listen. */
export async function openTalk(hall: Hall, receivers: number): Promise<Talk> {
  const read = createReader();
  let tally: Tally = createTally(receivers);
  const lines: Line[] = [];
  for (const [index, token] of hall.tokens.entries()) {
    const hear = index < receivers ? (packet: Buffer) => listen(index, read(packet)) : undefined;
    lines.push(await Line.open(hall.urls[index % hall.urls.length] ?? '', token, hear));
  }
  const listen = (receiver: number, messages: readonly Heard[]): void => {
    if (messages.length > 0) tally.heard(receiver, messages);
  };
  for (const line of lines.slice(0, receivers)) await line.ask(hall.join.name, hall.join.input);
  const senders = lines.length > receivers ? lines.slice(receivers) : lines;

  let used = { cpu: 0, store: 0 };
  return {
    reset() {
      tally = createTally(receivers);
      used = { cpu: 0, store: 0 };
    },
    async run(load) {
      const before = await usageOf(hall);
      await sayAll(hall, senders, load, tally);
      await tally.settled();
      const after = await usageOf(hall);
      used = { cpu: used.cpu + after.cpu - before.cpu, store: used.store + after.store - before.store };
    },
    async result() {
      const result = tally.result();
      const perDelivery = (seconds: number): number => round((seconds * 1e6) / result.delivered);
      return { ...result, cpuMicrosPerDelivery: perDelivery(used.cpu), storeCpuMicrosPerDelivery: perDelivery(used.store), rssMb: Math.max(...(await Promise.all(hall.pids.map(residentMb)))) };
    },
    close() {
      for (const line of lines) line.close();
    },
  };
}

async function usageOf(hall: Hall): Promise<{ cpu: number; store: number }> {
  return { cpu: await cpuSecondsOfAll(hall.pids), store: hall.storePid === null ? 0 : await cpuSecondsOf(hall.storePid) };
}

/** So many things a second does one of them say; the house lets a member say six. */
export const perSender = 5;

/** Says everything in its time, one sender after the other and no more of them than it takes, whether or not what was said before is acknowledged. */
async function sayAll(hall: Hall, all: readonly Line[], load: Pick<Load, 'rate' | 'seconds'>, tally: Tally): Promise<void> {
  const senders = all.slice(0, Math.max(5, Math.ceil(load.rate / perSender)));
  const startedAt = performance.now();
  const answers: Promise<void>[] = [];
  for (let count = 0; count < load.rate * load.seconds; count += 1) {
    const due = startedAt + (count * 1_000) / load.rate;
    if (due > performance.now() + 1) await until(due);
    const [line, id] = [senders[count % senders.length], randomUUID()];
    if (!line) continue;
    const said = line.ask(hall.send.name, hall.send.input(id, `Message ${id} ${tally.sent()}`));
    answers.push(said.then((reply) => ((reply as { ok: boolean }).ok ? tally.acknowledged() : undefined)));
  }
  await Promise.race([Promise.all(answers), until(performance.now() + 30_000)]);
}
