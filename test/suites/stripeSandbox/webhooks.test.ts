/** Delivery: again after a failure, after a restart, late, twice and in disorder; nothing is lost. */
import { cp, rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startStripeSandbox } from '../../../server/embedded/stripeSandbox/stripeSandbox.js';
import { clientOf, openShop, type Shop } from './shop.js';

let shop: Shop;
beforeEach(async () => { shop = await openShop({ retryDelaysMs: [1000, 10_000, 100_000] }); });
afterEach(() => shop.close());

/** Moves the clock and waits until everything that is due by then has been tried. */
async function pass(ms: number): Promise<void> {
  shop.clock.ms += ms;
  await shop.sandbox.catchUp();
  await shop.sandbox.webhooks.settled();
}

describe('a delivery that fails', () => {
  it('is tried again after growing delays until it is taken', async () => {
    shop.answer.status = 500;
    const { id } = await shop.stripe.customers.create({ name: 'Ada' });
    await pass(0);
    expect(shop.heard).toHaveLength(1);
    await pass(999);
    expect(shop.heard).toHaveLength(1);
    await pass(1);
    expect(shop.heard).toHaveLength(2);
    shop.answer.status = 204;
    await pass(9999);
    expect(shop.heard).toHaveLength(2);
    await pass(1);
    await pass(1_000_000);
    expect(shop.heard.map(({ event }) => event.data.object)).toMatchObject([{ id }, { id }, { id }]);
    expect(new Set(shop.heard.map(({ event }) => event.id)).size).toBe(1);
    expect((await shop.stripe.events.list({ delivery_success: true })).data).toHaveLength(1);
  });

  it.each([302, 400, 503])('is given up after the last delay when the endpoint always answers %i', async (status) => {
    shop.answer.status = status;
    await shop.stripe.customers.create({ name: 'Ada' });
    await pass(0);
    for (const delay of [1000, 10_000, 100_000, 1_000_000, 10_000_000]) await pass(delay);
    expect(shop.heard).toHaveLength(4);
    expect((await shop.stripe.events.list({ delivery_success: false })).data).toMatchObject([{ pending_webhooks: 1 }]);
  });

  it('goes on after a restart, with the delay it had', async () => {
    shop.answer.status = 500;
    await shop.stripe.customers.create({ name: 'Ada' });
    await pass(0);
    await shop.restart();
    shop.answer.status = 200;
    await pass(999);
    expect(shop.heard).toHaveLength(1);
    await pass(1);
    expect(shop.heard).toHaveLength(2);
  });
});

describe('a restart', () => {
  it('keeps the keys, the money and every event that was not delivered', async () => {
    const { secretKey, webhookSecret } = shop.sandbox;
    shop.sandbox.webhooks.pause();
    const session = await shop.openSession();
    await shop.click(session, 'pay');
    await shop.restart({ webhookUrl: undefined });
    expect([shop.sandbox.secretKey, shop.sandbox.webhookSecret]).toEqual([secretKey, webhookSecret]);
    expect(shop.heard).toEqual([]);
    shop.sandbox.setWebhookUrl(`${shop.url}/webhook`);
    await shop.sandbox.webhooks.settled();
    expect(shop.heardTypes().at(-1)).toBe('checkout.session.completed');
    expect(shop.heard).toHaveLength(6);
    expect(await shop.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'complete', payment_status: 'paid' });
  });

  it('in the middle of a delivery loses nothing', async () => {
    await shop.stripe.customers.create({ name: 'Ada' });
    const closing = shop.sandbox.close();
    await Promise.all([closing, shop.sandbox.close()]);
    await shop.restart();
    await shop.sandbox.webhooks.settled();
    expect(shop.heardTypes()).toContain('customer.created');
  });

  it('after a kill finds all that was answered: files copied at that moment are a whole store', async () => {
    shop.sandbox.webhooks.pause();
    const session = await shop.openSession();
    await shop.click(session, 'pay');
    const copy = `${shop.dataDir}-copy`;
    await cp(shop.dataDir, copy, { recursive: true });
    const second = await startStripeSandbox({ dataDir: copy, publicUrl: shop.url, webhookUrl: `${shop.url}/webhook` });
    try {
      expect(await clientOf(second).checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'complete', payment_status: 'paid' });
      await second.webhooks.settled();
      expect(shop.heardTypes().at(-1)).toBe('checkout.session.completed');
    } finally {
      await second.close();
      await rm(copy, { recursive: true });
    }
  });

  it('does not bring back what is older than 30 days: the store does not grow for ever', async () => {
    await shop.stripe.customers.create({ name: 'Ada' });
    shop.clock.ms += 31 * 24 * 3_600_000;
    await pass(0);
    expect((await shop.stripe.events.list()).data).toEqual([]);
    expect((await shop.stripe.customers.list()).data).toHaveLength(1);
    await shop.restart();
    expect((await shop.stripe.events.list()).data).toEqual([]);
  });

  it('expires what ran out meanwhile', async () => {
    const session = await shop.openSession();
    await shop.sandbox.close();
    shop.clock.ms += 25 * 3_600_000;
    await shop.restart();
    await pass(0);
    expect(shop.heard.at(-1)?.event).toMatchObject({ type: 'checkout.session.expired', data: { object: { id: session.id } } });
  });
});

describe('the switches for tests', () => {
  it('hold events back, let them go in reverse, and send one twice', async () => {
    shop.sandbox.webhooks.pause();
    for (const name of ['Ada', 'Grace', 'Edith']) await shop.stripe.customers.create({ name });
    await shop.sandbox.webhooks.settled();
    expect(shop.heard).toEqual([]);

    shop.sandbox.webhooks.resume('newest_first');
    await shop.sandbox.webhooks.settled();
    expect(shop.heard.map(({ event }) => event.data.object)).toMatchObject([{ name: 'Edith' }, { name: 'Grace' }, { name: 'Ada' }]);

    const [edith] = shop.heard;
    expect(await shop.sandbox.webhooks.redeliver(edith?.event.id ?? '')).toBe(200);
    expect(shop.heard.at(-1)?.event.id).toBe(edith?.event.id);
    expect(await shop.sandbox.webhooks.redeliver('evt_none')).toBeNull();
  });
});

describe('faults', () => {
  it('deliver events twice, in reverse, late, again after an answer that got lost, or not at all', async () => {
    const { faults } = shop.sandbox;
    const names = () => shop.heard.splice(0).map(({ event: { data } }) => 'name' in data.object && data.object.name);
    const make = async (...all: string[]) => {
      shop.sandbox.webhooks.pause();
      for (const name of all) await shop.stripe.customers.create({ name });
      shop.sandbox.webhooks.resume();
      await pass(0);
    };
    faults.set({ duplicate: true, reverse: true });
    await make('Ada', 'Grace');
    expect(names()).toEqual(['Grace', 'Grace', 'Ada', 'Ada']);
    faults.clear();
    faults.set({ delayMs: 60_000 });
    await make('Edith');
    await pass(59_999);
    expect(names()).toEqual([]);
    await pass(1);
    expect(names()).toEqual(['Edith']);
    faults.clear();
    faults.set({ loseAnswers: true });
    await make('Mary');
    await pass(1000);
    await pass(1_000_000);
    expect(names()).toEqual(['Mary', 'Mary']);
    faults.clear();
    faults.set({ drop: true });
    await make('Joan');
    faults.clear();
    await make('Jean');
    await pass(1_000_000);
    expect(names()).toEqual(['Jean']);
    const [dropped] = (await shop.stripe.events.list({ delivery_success: false })).data;
    await shop.sandbox.webhooks.redeliver(dropped?.id ?? '');
    expect(names()).toEqual(['Joan']);
  });

  it('decline the next payment, and break the next answer after what was asked is done, for its key too', async () => {
    const session = await shop.openSession();
    shop.sandbox.faults.set({ declinePayments: 1 });
    await shop.click(session, 'pay');
    expect(await shop.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'open', payment_status: 'unpaid' });
    await shop.click(session, 'pay');
    expect(await shop.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'complete', payment_status: 'paid' });

    shop.sandbox.faults.set({ breakAnswers: 1 });
    for (const _try of [1, 2]) await expect(shop.stripe.customers.create({ name: 'Ada' }, { idempotencyKey: 'ada' })).rejects.toMatchObject({ statusCode: 500 });
    await shop.stripe.customers.create({ name: 'Grace' });
    expect((await shop.stripe.customers.list()).data.map(({ name }) => name)).toEqual(['Grace', 'Ada']);
  });
});

describe('starting', () => {
  it('refuses a real key and a blank secret', async () => {
    const options = { dataDir: `${shop.dataDir}/other`, publicUrl: shop.url };
    await expect(startStripeSandbox({ ...options, secretKey: 'sk_live_x' })).rejects.toThrow(/real key/);
    await expect(startStripeSandbox({ ...options, webhookSecret: ' ' })).rejects.toThrow(/blank/);
    const fine = await startStripeSandbox({ ...options, secretKey: 'sk_test_sandbox_mine' });
    expect(fine.secretKey).toBe('sk_test_sandbox_mine');
    await fine.close();
  });
});
