import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chat } from '../../../shared/contracts/chat.js';
import { openHouse, type House } from '../../support/house.js';
import { roomFor } from '../realtime/place.js';

let isStoreUp = true;
let isBusUp = true;
let house: House;
beforeAll(async () => {
  house = await openHouse({
    parts: [
      { name: 'store', needed: true, isUp: () => isStoreUp, state: () => (isStoreUp ? 'up' : 'away') },
      { name: 'bus', needed: false, isUp: () => isBusUp, state: () => (isBusUp ? 'up' : 'away') },
      { name: 'media', needed: false, isUp: () => false, state: () => 'preparing' },
    ],
  });
});
afterAll(() => house.close());

const readiness = async (): Promise<[number, unknown]> => {
  const response = await fetch(`${house.url}/readyz`);
  return [response.status, await response.json()];
};

describe('/readyz', () => {
  it('says each part, and is unready only for want of one that is needed', async () => {
    expect(await readiness()).toEqual([200, { ready: true, draining: false, store: 'up', bus: 'up', media: 'preparing' }]);
    isBusUp = false;
    expect(await readiness()).toEqual([200, { ready: true, draining: false, store: 'up', bus: 'away', media: 'preparing' }]);
    isStoreUp = false;
    expect(await readiness()).toEqual([503, { ready: false, draining: false, store: 'away', bus: 'away', media: 'preparing' }]);
    expect((await fetch(`${house.url}/healthz`)).status).toBe(200);
    isStoreUp = true;
    expect((await readiness())[0]).toBe(200);
  });
});

describe('/metrics', () => {
  it('counts connections, and calls by what became of them', async () => {
    const roomId = await roomFor('free');
    const guest = await house.guest();
    await guest.call(chat.history, { roomId });
    await guest.call(chat.history, { roomId: 'nothing' });
    const response = await fetch(`${house.url}/metrics`);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    const lines = (await response.text()).split('\n');
    expect(lines).toContain('guildhall_connections 1');
    expect(lines).toContain('guildhall_call_seconds_count{call="chat:history",outcome="ok"} 1');
    expect(lines).toContain('guildhall_call_seconds_count{call="chat:history",outcome="input.invalid"} 1');
  });
});
