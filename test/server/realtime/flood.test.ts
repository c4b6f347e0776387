/** Events that are no calls, and far too many of them: one connection pays for it, nobody else. */
import { randomUUID } from 'node:crypto';
import { io as connect } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Message } from '../../../server/models/messages/message.js';
import { chat } from '../../../shared/contracts/chat.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { roomFor } from './place.js';

let house: House;
let roomId: string;
let bystander: Guest;
beforeAll(async () => {
  house = await openHouse();
  roomId = await roomFor('free');
  bystander = await house.guest();
});
afterAll(() => house.close());

/** Ten thousand things nobody should say. */
function* rubbish(): Generator<[string, ...unknown[]]> {
  const kinds: [string, ...unknown[]][] = [
    ['chat:nothing', {}],
    ['chat:send'],
    ['chat:send', { roomId, clientMessageId: { $ne: null }, text: { $gt: '' } }],
    ['chat:history', null],
    ['__proto__', { polluted: true }],
    ['constructor', []],
    ['workshops:end', { workshopId: { $gt: '' } }],
    ['chat:join', 'x'.repeat(500)],
  ];
  for (let count = 0; count < 10_000; count += 1) yield kinds[count % kinds.length] ?? ['nothing'];
}

describe('an event', () => {
  it('that is no call is answered as one that is not there', async () => {
    const guest = await house.guest();
    for (const name of ['chat:nothing', 'chat:posted', 'rights:changed', '__proto__', 'constructor', 'toString', '', '*', 'CHAT:SEND', 'x'.repeat(10_000)]) {
      expect(await guest.socket.timeout(8_000).emitWithAck(name, { roomId })).toEqual({ ok: false, failure: { code: 'route.not_found', data: {} } });
    }
    expect((await guest.call(chat.history, { roomId })).ok).toBe(true);
  });

  it('that asks for no answer does nothing', async () => {
    const guest = await house.guest();
    const text = `said into the void ${randomUUID()}`;
    guest.socket.emit(chat.send.name, { roomId, clientMessageId: randomUUID(), text });
    // A call answered after it, and stored after it, proves that it was not just slow.
    expect(await guest.call(chat.send, { roomId, clientMessageId: randomUUID(), text: 'said aloud' })).toMatchObject({ ok: true });
    expect(await Message.countDocuments({ text })).toBe(0);
  });

  it('that is nested deeper than any stack is refused, and the connection lives', async () => {
    const guest = await house.guest();
    const deep = '['.repeat(30_000) + ']'.repeat(30_000);
    const answered = new Promise<string>((resolve) => {
      guest.socket.io.engine.on('data', (packet: string) => packet.startsWith('3777') && resolve(packet));
    });
    guest.socket.io.engine.write(`2777["${chat.send.name}",${deep}]`);
    expect(JSON.parse((await answered).slice(4))).toMatchObject([{ ok: false, failure: { code: 'input.invalid' } }]);
    expect((await guest.call(chat.history, { roomId })).ok).toBe(true);
  });
});

describe('a flood', () => {
  it.each([['websocket'], ['polling']])('of ten thousand malformed events over %s closes the connection that sends it, changes nothing, and keeps nobody waiting', async (transport) => {
    const { token } = await house.guest();
    const flooder = connect(house.url, { transports: [transport], auth: { token }, forceNew: true, reconnection: false });
    await new Promise((resolve) => flooder.once('connect', () => resolve(null)));
    const closed = new Promise<string>((resolve) => flooder.once('disconnect', resolve));
    const before = await Message.countDocuments();
    let answers = 0;
    for (const event of rubbish()) {
      flooder.emit(...event, () => {
        answers += 1;
      });
    }
    expect(await bystander.call(chat.send, { roomId, clientMessageId: randomUUID(), text: 'Is anybody else here?' })).toMatchObject({ ok: true });
    expect(await closed).toMatch(/^transport /);
    expect(answers).toBeLessThanOrEqual(600);
    expect(await Message.countDocuments()).toBe(before + 1);
    expect(bystander.socket.connected).toBe(true);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('of calls within a connection’s allowance is answered, each as its own limit says', async () => {
    const guest = await house.guest();
    const replies = await Promise.all(Array.from({ length: 300 }, () => guest.call(chat.here, { roomId })));
    const codes = replies.map((reply) => (reply.ok ? 'ok' : reply.failure.code));
    expect(codes.filter((code) => code === 'ok')).toHaveLength(chat.here.limit.points);
    expect(codes.filter((code) => code === 'limits.too_many')).toHaveLength(300 - chat.here.limit.points);
    expect(guest.socket.connected).toBe(true);
  });
});
