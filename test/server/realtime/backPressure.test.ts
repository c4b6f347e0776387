/** A reader that stops reading: the others hear everything, the house keeps little for it, and it catches up when it comes back. */
import type { Socket as TcpSocket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { chat } from '../../../shared/contracts/chat.js';
import { community } from '../../../shared/contracts/community.js';
import type { MessageView } from '../../../shared/contracts/messages.js';
import { viewPerson } from '../../../server/access/actor.js';
import { behindChannel, roomChannel } from '../../../server/realtime/channels.js';
import type { Guest } from '../../support/guest.js';
import { openRoomReader } from '../../support/roomReader.js';
import { codeOf, dataOf } from '../members/browser.js';
import { openChatHouse, say, type ChatHouse } from '../chat/chatHouse.js';

let here: ChatHouse;
beforeEach(async () => {
  here = await openChatHouse();
});
afterEach(() => here.house.close());

/** What the house does within a second or two may take longer where the machine is busy. */
const patience = { timeout: 15_000, interval: 50 };
const mega = 1024 * 1024;

/** The TCP connection beneath a guest's WebSocket: paused, nothing is read from it. */
function wireOf(guest: Guest): TcpSocket {
  return (guest.socket.io.engine.transport as unknown as { ws: { _socket: TcpSocket } }).ws._socket;
}

/** The house's end of a guest's connection: what was written to it and is still kept there, in bytes. */
function unsentTo(guest: Guest): () => number {
  const socket = here.house.app.io.sockets.sockets.get(guest.socket.id ?? '');
  const kept = socket?.conn as unknown as { writeBuffer: { data: string }[]; transport: { socket: { bufferedAmount: number } } };
  return () => kept.transport.socket.bufferedAmount + kept.writeBuffer.reduce((sum, { data }) => sum + data.length, 0);
}

/** Says long things in the room until `isEnough`, past the doors, whose limits are made for people. */
async function fill(author: Guest, roomId: string, isEnough: () => boolean): Promise<MessageView[]> {
  const person = viewPerson({ memberId: author.id, name: author.name, role: 'member' });
  const said: MessageView[] = [];
  while (!isEnough()) {
    const batch = Array.from({ length: 40 }, () => say(roomId, '长'.repeat(4_000)));
    said.push(...(await Promise.all(batch.map((message) => here.house.app.deps.timeline.post({ author: person, input: message })))));
  }
  return said;
}

const behind = (): number => here.house.app.io.sockets.adapter.rooms.get(behindChannel)?.size ?? 0;
const metric = async (name: string): Promise<number> => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(await (await fetch(`${here.house.url}/metrics`)).text())?.[1]);

describe('a reader that stops reading', () => {
  it('is closed before much is kept for it, costs the others nothing, and catches up by seq', { timeout: 60_000 }, async () => {
    const { house, general } = here;
    const [author, listener, sleeper] = [await house.guest(), await house.guest(), await house.guest()];
    for (const guest of [author, listener, sleeper]) dataOf(await guest.call(chat.join, { roomId: general }));
    const socket = house.app.io.sockets.sockets.get(sleeper.socket.id ?? '');
    const closed = new Promise<void>((resolve) => socket?.once('disconnect', () => resolve()));
    let isClosed = false;
    void closed.then(() => (isClosed = true));
    const unsent = unsentTo(sleeper);

    wireOf(sleeper).pause();
    let mostKept = 0;
    const said = await fill(author, general, () => {
      mostKept = Math.max(mostKept, unsent());
      return isClosed;
    });
    // It was closed at a look, once a second; what this fast author says in one is what there is above the bound.
    expect(mostKept).toBeLessThan(64 * mega);
    expect(await metric('guildhall_slow_connections_closed_total')).toBe(1);
    // Nothing is held for it any more, though its end of the connection is still there.
    expect(unsent()).toBeLessThan(1024);
    expect(house.app.io.sockets.adapter.rooms.get(roomChannel(general))?.size).toBe(2);

    const heard = (await listener.heard(chat.posted)).flatMap(({ messages }): MessageView[] => messages);
    expect(heard.map(({ seq }) => seq)).toEqual(said.map(({ seq }) => seq));
    const back = await openRoomReader(house.url, sleeper.token, general);
    await back.caughtUpTo(said.length);
    expect(back.messages().map(({ id }) => id)).toEqual(said.map(({ id }) => id));
    back.close();
  });

  it('is spared what may be dropped first, and asks for everything anew when it reads again', { timeout: 60_000 }, async () => {
    const { house, general } = here;
    const [author, listener, sleeper] = [await house.guest(), await house.guest(), await house.guest()];
    for (const guest of [author, listener, sleeper]) dataOf(await guest.call(chat.join, { roomId: general }));
    const unsent = unsentTo(sleeper);

    wireOf(sleeper).pause();
    // Enough to be behind, not enough to be closed.
    await fill(author, general, () => unsent() > mega);
    await vi.waitFor(() => expect(behind()).toBe(1), patience);
    dataOf(await author.call(chat.typing, { roomId: general }));
    expect(await listener.heard(chat.typed)).toHaveLength(1);
    // Who is here is told besides, when it has changed.
    expect(await metric('guildhall_pushes_spared_total')).toBeGreaterThanOrEqual(1);
    expect(await metric('guildhall_connections_behind')).toBe(1);

    wireOf(sleeper).resume();
    await sleeper.next(community.resync);
    expect(behind()).toBe(0);
    // All that must not be missed came, in order; what may be dropped did not, and from now on does.
    const seqs = (await sleeper.heard(chat.posted)).flatMap(({ messages }) => messages.map(({ seq }) => seq));
    expect(seqs).toEqual(seqs.map((_seq, index) => index + 1));
    expect(await sleeper.heard(chat.typed)).toEqual([]);
    dataOf(await listener.call(chat.typing, { roomId: general }));
    expect(await sleeper.heard(chat.typed)).toHaveLength(1);
    expect(await listener.heard(community.resync)).toEqual([]);
  });

  it('is closed as soon as it has asked for too much that it does not read', { timeout: 60_000 }, async () => {
    const { house, general } = here;
    const [author, glutton] = [await house.guest(), await house.guest()];
    let enough = 0;
    await fill(author, general, () => (enough += 1) > 6);
    const closed = new Promise<void>((resolve) => house.app.io.sockets.sockets.get(glutton.socket.id ?? '')?.once('disconnect', () => resolve()));
    wireOf(glutton).pause();
    for (let count = 0; count < 20; count += 1) glutton.socket.emit(chat.history.name, { roomId: general, limit: 200 }, () => {});
    await closed;
    expect(codeOf(await author.call(chat.history, { roomId: '0'.repeat(24) }))).toBe('room.not_found');
  });
});

describe('a burst', () => {
  it('is told whole to whoever reads, droppable or not: only a reader that is behind is spared', async () => {
    const { house, general } = here;
    const [author, listener] = [await house.guest(), await house.guest()];
    for (const guest of [author, listener]) dataOf(await guest.call(chat.join, { roomId: general }));
    const person = { id: author.id, name: author.name, role: 'member' as const };
    for (let count = 0; count < 50; count += 1) house.app.deps.publish(roomChannel(general), chat.typed, { roomId: general, threadId: null, person });
    expect(await listener.heard(chat.typed)).toHaveLength(50);
  });
});
