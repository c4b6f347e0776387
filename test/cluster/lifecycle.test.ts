/** How the house ends when it is told to: nothing that was answered is lost, nobody holds it up, and it leaves with 0, which it does within ten seconds or not at all. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chat } from '../../shared/contracts/chat.js';
import { demoEmails, enter, openLiveHouse, openRoom, timeline, type LiveHouse } from './liveHouse.js';

let folder: string;
let house: LiveHouse;
const lines: Socket[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'guildhall-lifecycle-'));
  house = await openLiveHouse(folder);
});
afterEach(async () => {
  for (const line of lines.splice(0)) line.destroy();
  await house.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A line to the house on which is said what is given; `until` waits for what must be heard. */
async function lineTo(port: string, words: string) {
  const socket = connect(Number(port), '127.0.0.1');
  // How a line ends is the house's affair.
  socket.on('error', () => {});
  lines.push(socket);
  let heard = '';
  socket.on('data', (data: Buffer) => (heard += data.toString()));
  await once(socket, 'connect');
  socket.write(words);
  const until = async (pattern: RegExp): Promise<string> => {
    while (!pattern.test(heard)) await once(socket, 'data', { signal: AbortSignal.timeout(20_000) });
    return heard;
  };
  return { socket, until };
}

const portOf = ({ url }: LiveHouse): string => new URL(url).port;

/** Whether somebody still answers the door. */
async function opens(port: string): Promise<boolean> {
  const knock = connect(Number(port), '127.0.0.1');
  try {
    await once(knock, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    knock.destroy();
  }
}

/** A request that is under way until its body is finished; `finish` answers all that came back. */
async function slowReply(asked: LiveHouse): Promise<{ finish(): Promise<string> }> {
  const { token, socket } = await enter(asked, 'member@rivet.example');
  socket.disconnect();
  const body = '{"theme":"dark"}';
  const headers = `Host: localhost\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue`;
  const line = await lineTo(portOf(asked), `PATCH /api/members/me HTTP/1.1\r\n${headers}\r\n\r\n`);
  await line.until(/^HTTP\/1\.1 100 /);
  return {
    finish() {
      line.socket.write(body);
      return line.until(/"theme":"dark"/);
    },
  };
}

/** Everybody says twelve things at once; `onFirst` is called at the first answer, and `then` before the rest is waited for. Answers what was acknowledged, by text. */
async function everybodyTalks(onFirst: () => void, then: () => Promise<void> = () => Promise.resolve()): Promise<Map<string, number>> {
  const residents = await Promise.all(demoEmails.map((email) => enter(house, email)));
  const [first] = residents;
  const roomId = first ? await openRoom(first) : '';
  const acknowledged = new Map<string, number>();
  const sends = residents.flatMap((resident) =>
    Array.from({ length: 12 }, async () => {
      const { seq, text } = await resident.call(chat.send, { roomId, clientMessageId: randomUUID(), text: randomUUID() });
      acknowledged.set(text, seq);
      if (acknowledged.size === 1) onFirst();
    }),
  );
  await Promise.any(sends);
  await then();
  await Promise.allSettled(sends);
  return acknowledged;
}

/** Starts the house again and proves that every acknowledged message stands in it once, under the `seq` that was told. */
async function expectKept(acknowledged: ReadonlyMap<string, number>): Promise<void> {
  house = await openLiveHouse(folder, { PORT: portOf(house) });
  const resident = await enter(house, 'member@rivet.example');
  const stored = (await timeline(resident, await openRoom(resident))).filter(({ text }) => acknowledged.has(text));
  expect(new Map(stored.map(({ text, seq }) => [text, seq]))).toEqual(acknowledged);
  expect(stored).toHaveLength(acknowledged.size);
  resident.socket.disconnect();
}

describe('SIGTERM', () => {
  it('amid calls under way: the house leaves with 0, and what it answered is there when it comes back', async () => {
    const acknowledged = await everybodyTalks(() => process.kill(house.pid, 'SIGTERM'));
    expect(await house.ended).toBe(0);
    expect(acknowledged.size).toBeGreaterThan(0);
    await expectKept(acknowledged);
  });

  it('shuts the door, and finishes the reply that is under way', async () => {
    const { finish } = await slowReply(house);
    process.kill(house.pid, 'SIGTERM');
    while (await opens(portOf(house)));
    expect(await finish()).toMatch(/HTTP\/1\.1 200 OK[^]+Connection: close/);
    expect(await house.ended).toBe(0);
  });

  it('is obeyed though peers are asleep: half a request, a body that never comes, a socket that answers nothing', async () => {
    const headers = 'Host: localhost\r\nContent-Type: application/json\r\n';
    await lineTo(portOf(house), 'GET /api/tiers HTT');
    const body = await lineTo(portOf(house), `POST /api/session HTTP/1.1\r\n${headers}Content-Length: 100\r\nExpect: 100-continue\r\n\r\n`);
    await body.until(/^HTTP\/1\.1 100 /);
    const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';
    const silent = await lineTo(portOf(house), `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\n${upgrade}\r\n`);
    await silent.until(/"sid"/);
    silent.socket.pause();
    process.kill(house.pid, 'SIGTERM');
    expect(await house.ended).toBe(0);
  });
});

describe('Ctrl-C', () => {
  it('reaches the whole group, and the house once more through npm start: it leaves with 0, and what it answered is there when it comes back', async () => {
    const { finish } = await slowReply(house);
    const acknowledged = await everybodyTalks(() => process.kill(-house.pid, 'SIGINT'), async () => {
      while (await opens(portOf(house)));
      process.kill(house.pid, 'SIGINT');
      expect(await finish()).toMatch(/HTTP\/1\.1 200 OK/);
    });
    expect(await house.ended).toBe(0);
    expect(acknowledged.size).toBeGreaterThan(0);
    await expectKept(acknowledged);
  });
});
