import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Message } from '../../../server/models/messages/message.js';
import { Tier } from '../../../server/models/tier.js';
import { chat } from '../../../shared/contracts/chat.js';
import { tiers } from '../../../shared/contracts/tiers.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { roomFor } from './place.js';

let house: House;
let guest: Guest;
let roomId: string;
beforeEach(async () => {
  house = await openHouse();
  guest = await house.guest();
  roomId = await roomFor('free');
});
afterEach(async () => {
  vi.restoreAllMocks();
  await house.close();
});

/** A gate in the store: `pass` is held at it until it is opened, and `reached` tells that somebody stands there. */
function gate() {
  let open = (): void => {};
  let arrive = (): void => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  const reached = new Promise<void>((resolve) => (arrive = resolve));
  const pass = (): Promise<void> => {
    arrive();
    return opened;
  };
  return { reached, pass, open: () => open() };
}

/** Begins to close the house, and proves by a push that still arrives that it waits with connections open. */
async function beginToClose(): Promise<{ closed: Promise<void> }> {
  const closed = house.app.close();
  await nextTurn();
  await nextTurn();
  await guest.heard(chat.posted);
  return { closed };
}

describe('a house that closes', () => {
  it('answers the call that is under way, takes no other, and then ends every connection', async () => {
    const { reached, pass, open } = gate();
    const page = Message.page.bind(Message);
    vi.spyOn(Message, 'page').mockImplementationOnce((...args) => pass().then(() => page(...args)));
    const underWay = guest.call(chat.history, { roomId });
    await reached;
    const { closed } = await beginToClose();
    const late = guest.call(chat.here, { roomId }).then(
      () => 'answered',
      () => 'lost with its connection',
    );
    open();
    expect(await underWay).toMatchObject({ ok: true, data: { lastSeq: 0 } });
    expect(await late).toBe('lost with its connection');
    await closed;
    expect(house.app.io.sockets.sockets.size).toBe(0);
    await house.app.close();
  });

  it('finishes the reply over HTTP that is under way, as the last of its connection', async () => {
    const { reached, pass, open } = gate();
    const inOrder = Tier.inOrder.bind(Tier);
    vi.spyOn(Tier, 'inOrder').mockImplementationOnce(() => pass().then(() => inOrder()));
    const underWay = fetch(`${house.url}${tiers.list.path}`);
    await reached;
    const { closed } = await beginToClose();
    open();
    const response = await underWay;
    expect([response.status, response.headers.get('connection')]).toEqual([200, 'close']);
    await closed;
    await expect(fetch(`${house.url}${tiers.list.path}`)).rejects.toThrow('fetch failed');
  });

  it('stores and answers the message that is under way', async () => {
    const { reached, pass, open } = gate();
    const store = Message.storeInOrder.bind(Message);
    vi.spyOn(Message, 'storeInOrder').mockImplementationOnce((...args) => pass().then(() => store(...args)));
    const text = randomUUID();
    const underWay = guest.call(chat.send, { roomId, clientMessageId: randomUUID(), text });
    await reached;
    const { closed } = await beginToClose();
    open();
    expect(await underWay).toMatchObject({ ok: true, data: { text } });
    await closed;
    expect(await Message.countDocuments({ text })).toBe(1);
  });
});
