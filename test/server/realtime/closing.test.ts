import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Message } from '../../../server/models/message.js';
import { chat } from '../../../shared/contracts/chat.js';
import { openHouse, type House } from '../../support/house.js';
import { roomFor } from './place.js';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await house.close();
});

/** Holds the store's next write of messages back until it is let go. */
function holdStore(): { reached: Promise<void>; letGo(): void } {
  const store = Message.storeInOrder.bind(Message);
  let letGo = (): void => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const reached = new Promise<void>((resolve) => {
    vi.spyOn(Message, 'storeInOrder').mockImplementationOnce(async (...args: Parameters<typeof store>) => {
      resolve();
      await held;
      return store(...args);
    });
  });
  return { reached, letGo };
}

describe('a house that closes', () => {
  it('answers the call that is under way, takes no other, and then ends every connection', async () => {
    const guest = await house.guest();
    const roomId = await roomFor('free');
    const { reached, letGo } = holdStore();
    const text = randomUUID();
    const underWay = guest.call(chat.send, { roomId, clientMessageId: randomUUID(), text });
    await reached;
    const closing = house.app.close();
    const late = guest.call(chat.history, { roomId }).then(
      () => 'answered',
      () => 'lost with its connection',
    );
    letGo();
    expect(await underWay).toMatchObject({ ok: true, data: { text } });
    expect(await late).toBe('lost with its connection');
    await closing;
    expect(await Message.countDocuments({ text })).toBe(1);
    expect(house.app.io.sockets.sockets.size).toBe(0);
    await house.app.close();
  });
});
