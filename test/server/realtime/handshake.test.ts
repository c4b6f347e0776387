import { randomUUID } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { io as connect, Manager, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { members } from '../../../shared/contracts/members.js';
import { chat } from '../../../shared/contracts/chat.js';
import { Member } from '../../../server/models/member.js';
import { createTokens } from '../../../server/platform/tokens.js';
import { memberChannel } from '../../../server/realtime/channels.js';
import { openSocket, type Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { roomFor } from './place.js';

const ownOrigin = 'http://localhost';
const foreignOrigin = 'https://elsewhere.example';
const later = (minutes: number) => (): Date => new Date(Date.now() + minutes * 60_000);

let house: House;
let guest: Guest;
let roomId: string;
beforeAll(async () => {
  house = await openHouse();
  guest = await house.guest();
  roomId = await roomFor('free');
});
afterAll(() => house.close());

/** Knocks at the door and tells how it was answered: `in`, or why not. */
async function knock(options: Partial<ManagerOptions & SocketOptions>): Promise<string> {
  const socket = connect(house.url, { transports: ['websocket'], forceNew: true, reconnection: false, ...options });
  try {
    return await new Promise<string>((resolve) => {
      socket.once('connect', () => resolve('in'));
      socket.once('connect_error', (error) => resolve('data' in error ? (error.data as { code: string }).code : error.message));
    });
  } finally {
    socket.disconnect();
  }
}

const withToken = (token: unknown): Promise<string> => knock({ auth: { token } });

describe('a socket’s token', () => {
  it('lets its member in, over WebSocket and over polling, and answers both', async () => {
    for (const transports of [['websocket'], ['polling'], ['polling', 'websocket']]) {
      const socket = connect(house.url, { transports, auth: { token: guest.token }, forceNew: true, reconnection: false });
      const reply: unknown = await socket.timeout(8_000).emitWithAck(chat.history.name, { roomId });
      expect(reply, transports.join()).toMatchObject({ ok: true, data: { lastSeq: 0 } });
      socket.disconnect();
    }
  });

  it.each([
    ['missing', undefined],
    ['null', null],
    ['a number', 5],
    ['an object', { $ne: null }],
    ['an array', ['a']],
    ['bytes', Buffer.from('a')],
  ])('that is %s is asked for', async (_how, token) => {
    expect(await withToken(token)).toBe('session.required');
    expect(await withToken(guest.token)).toBe('in');
  });

  it('proves nobody when it is garbage, unsigned, signed elsewhere, of another kind, or too old', async () => {
    const claims = { memberId: guest.id, sessionId: guest.sessionId };
    const [header, body] = guest.token.split('.');
    const unsigned = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${body}.`;
    const foreign = createTokens('a secret of some other house than the one that is asked', () => new Date()).sign(claims).token;
    const ofAnotherIssuer = jwt.sign({ sub: guest.id, sid: guest.sessionId }, 'a test house signs with this secret, and nothing else does', { issuer: 'elsewhere', expiresIn: 600 });
    const old = createTokens('a test house signs with this secret, and nothing else does', later(-11)).sign(claims).token;
    const young = createTokens('a test house signs with this secret, and nothing else does', later(-9)).sign(claims).token;
    for (const token of ['', 'garbage', 'a.b.c', `${header}.${body}.`, `${header}.${body}`, unsigned, foreign, ofAnotherIssuer, old, 'x'.repeat(50_000)]) {
      expect(await withToken(token), token.slice(0, 200)).toBe('session.expired');
    }
    expect(await withToken(young)).toBe('in');
  });

  it('lets one member in so often, and others as ever', async () => {
    const many = await house.guest();
    const more = await Promise.all(Array.from({ length: 49 }, () => openSocket(house.url, many.token)));
    expect(await withToken(many.token)).toBe('limits.too_many');
    expect(await withToken(guest.token)).toBe('in');
    many.close();
    await expect.poll(() => withToken(many.token)).toBe('in');
    for (const one of more) one.disconnect();
  });

  it('ends with its session, and with its member', async () => {
    const [leaver, gone] = [await house.guest(), await house.guest()];
    expect([await withToken(leaver.token), await withToken(gone.token)]).toEqual(['in', 'in']);
    await leaver.ask(members.endSession, { sessionId: leaver.sessionId });
    await Member.deleteOne({ _id: gone.id });
    house.app.deps.gatesChanged();
    expect([await withToken(leaver.token), await withToken(gone.token)]).toEqual(['session.expired', 'session.expired']);
  });

  it('is not taken from the address, where logs would keep it', async () => {
    expect(await knock({ query: { token: guest.token } })).toBe('session.required');
  });
});

describe('the origin of a socket', () => {
  it.each([['websocket'], ['polling']])('must be the house’s own, or none, over %s', async (transport) => {
    const from = (origin: string): Promise<string> => knock({ transports: [transport], auth: { token: guest.token }, extraHeaders: { origin } });
    expect(await from(ownOrigin)).toBe('in');
    for (const origin of [foreignOrigin, 'null', 'http://localhost.elsewhere.example', 'http://localhost:81', 'https://localhost']) expect(await from(origin), origin).not.toBe('in');
  });

  it('is judged again on each request of a polling connection, and on its upgrade', async () => {
    const address = `${house.url}/socket.io/?EIO=4&transport=polling`;
    const greeting = await (await fetch(address, { headers: { origin: ownOrigin } })).text();
    const { sid } = JSON.parse(greeting.slice(1)) as { sid: string };
    const say = (origin: string): Promise<Response> => fetch(`${address}&sid=${sid}`, { method: 'POST', body: '3', headers: { origin, 'content-type': 'text/plain' } });
    const refused = await say(foreignOrigin);
    expect([refused.status, await refused.json()]).toEqual([403, { ok: false, failure: { code: 'origin.refused', data: {} } }]);
    expect((await say(ownOrigin)).status).toBe(200);
    const upgrade = (origin: string): Promise<string> => knock({ query: { sid }, extraHeaders: { origin }, timeout: 2_000 });
    expect(await upgrade(foreignOrigin)).toBe('websocket error');
  });
});

describe('a connection', () => {
  it('is one member’s once, however often it knocks', async () => {
    const member = await house.guest();
    const line = new Manager(house.url, { transports: ['websocket'], reconnection: false });
    await new Promise((resolve) => line.once('open', () => resolve(null)));
    const answered = new Promise<string>((resolve) => {
      line.engine.on('data', (packet: string) => packet.startsWith('0') && resolve(packet));
    });
    for (let count = 0; count < 5; count += 1) line.engine.write(`0${JSON.stringify({ token: member.token })}`);
    await answered;
    const standing = await house.app.io.in(memberChannel(member.id)).fetchSockets();
    // Its own socket beside the one every guest has; Socket.IO itself may have ended a line that knocks when it is in.
    expect(standing.length).toBeLessThanOrEqual(2);
    line.engine.close();
  });

  it('that sends a frame over the limit is closed, and nobody else’s', async () => {
    const socket = await opened();
    const closed = new Promise((resolve) => socket.once('disconnect', resolve));
    socket.emit(chat.send.name, { roomId, clientMessageId: randomUUID(), text: 'x'.repeat(65 * 1024) });
    expect(await closed).toBe('transport close');
    expect((await guest.call(chat.history, { roomId })).ok).toBe(true);
  });

  it.each([
    ['no packet of ours', 'z'],
    ['an unknown kind of packet', '9'],
    ['JSON that is cut off', '20["chat:history",{'],
    ['a reserved event', '20["disconnecting"]'],
    ['an event without a name', '20[]'],
    ['an event that is no array', '20{"a":1}'],
    ['an answer to nothing', '3900["a"]'],
    ['an answer that is no array', '31{}'],
    ['attachments without end', '5100000-0["chat:history",{"_placeholder":true,"num":0}]'],
    ['text where bytes were promised', '51-0["chat:history",{"_placeholder":true,"num":0}]'],
    ['a refusal of its own', '4{"message":"no"}'],
    ['an event for no namespace of ours', '2/other,0["chat:history",{}]'],
  ])('that sends %s harms nobody else', async (_what, packet) => {
    const socket = await opened();
    socket.io.engine.write(packet);
    socket.io.engine.write('20["chat:nothing",{}]');
    // Either it was closed, or what it said next is still answered.
    await new Promise((resolve) => {
      socket.once('disconnect', resolve);
      socket.io.engine.on('packet', resolve);
    });
    socket.disconnect();
    expect((await guest.call(chat.history, { roomId })).ok).toBe(true);
  });
});

async function opened(): Promise<Socket> {
  const socket = connect(house.url, { transports: ['websocket'], auth: { token: guest.token }, forceNew: true, reconnection: false });
  await new Promise((resolve) => socket.once('connect', () => resolve(null)));
  return socket;
}
