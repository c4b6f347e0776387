import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LedgerEntry } from '../../../server/models/money/ledgerEntry.js';
import { chat } from '../../../shared/contracts/chat.js';
import { memberships } from '../../../shared/contracts/memberships/memberships.js';
import { rights } from '../../../shared/contracts/rights.js';
import { rooms } from '../../../shared/contracts/rooms.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { webhooksHandled } from '../tickets/aSale.js';
import { dataOf } from '../workshops/aWorkshop.js';
import { mine, openShop, press, start, type Shop } from './aMembership.js';

describe('a membership', () => {
  let house: House;
  let shop: Shop;
  const clock = Date.now();
  /** The rooms that the two tiers open. */
  let supporters: string;
  let sustainers: string;
  beforeAll(async () => {
    house = await openHouse({ now: () => new Date(clock) });
    shop = await openShop(house);
    const room = async (name: string, tierKey: string) => dataOf(await shop.organizer.ask(rooms.create, { name, topic: '', gate: { kind: 'tier', tierKey } })).id;
    supporters = await room('supporters', 'supporter');
    sustainers = await room('sustainers', 'sustainer');
  });
  afterAll(() => house.close());

  const enters = async (guest: Guest, roomId: string): Promise<boolean> => (await guest.call(chat.join, { roomId })).ok;

  it('opens nothing until it is paid; then what its tier opens, at once, by the webhook alone', async () => {
    const guest = await house.guest();
    const started = dataOf(await start(guest, shop.supporter.month));
    expect(started).toMatchObject({ state: 'starting', checkoutUrl: expect.any(String) as string, plan: { tierKey: 'supporter', tierName: 'Supporter', interval: 'month', price: { amount: 500, currency: 'usd' } } });
    await press(house, started, 'decline');
    expect(dataOf(await guest.ask(memberships.show, { membershipId: started.id }))).toMatchObject({ state: 'starting' });
    expect(await enters(guest, supporters)).toBe(false);
    await press(house, started, 'pay');
    await guest.next(rights.changed, ({ change, scope }) => change === 'started' && scope?.kind === 'tier' && scope.tierKey === 'supporter');
    expect(await enters(guest, supporters)).toBe(true);
    expect(await enters(guest, sustainers)).toBe(false);
    await webhooksHandled(house);
    expect(await mine(guest)).toMatchObject({ membership: { state: 'active', next: { kind: 'renews', price: { amount: 500 } } }, isTrialLeft: true });
    const entries = await LedgerEntry.find({ stream: 'subscription' }).sort({ kind: 1 }).lean();
    expect(entries.map(({ kind, amount, currency, label }) => [kind, amount, currency, label])).toEqual([['charge', 500, 'usd', 'Supporter'], ['fee', -45, 'usd', 'Supporter']]);
  });
});
