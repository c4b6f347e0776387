/** The API as a caller meets it: keys, parameters, refusals, lists, idempotency. */
import { connect } from 'node:net';
import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientOf, oneTicket, openShop, type Shop } from './shop.js';

let shop: Shop;
beforeEach(async () => { shop = await openShop(); });
afterEach(() => shop.close());

/** A raw request with the right key, unless `headers` say otherwise. */
function raw(path: string, init: { method?: string; body?: string; headers?: Record<string, string> } = {}): Promise<Response> {
  const { host, port, secretKey } = shop.sandbox;
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  return fetch(`http://${host}:${port}${path}`, { ...init, headers: { authorization: `Bearer ${secretKey}`, ...type, ...init.headers } });
}
const post = (path: string, body: string, headers: Record<string, string> = {}): Promise<Response> => raw(path, { method: 'POST', body, headers });

describe('the door', () => {
  it('opens to its own key only, and gives every answer a request id', async () => {
    const stranger = clientOf({ ...shop.sandbox, secretKey: 'sk_test_sandbox_somebody_elses' });
    await expect(stranger.customers.list()).rejects.toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
    expect((await raw('/v1/customers', { headers: { authorization: '' } })).status).toBe(401);
    const welcome = await shop.stripe.customers.list();
    expect(welcome.lastResponse.requestId).toMatch(/^req_\w{14}$/);
  });

  it('speaks the SDK’s version of the API, and no other', async () => {
    expect((await raw('/v1/customers', { headers: { 'stripe-version': Stripe.API_VERSION } })).status).toBe(200);
    expect((await raw('/v1/customers', { headers: { 'stripe-version': '2020-08-27' } })).status).toBe(400);
  });

  it.each([
    ['GET', '/v1/nowhere', '', 404, 'invalid_request_error'],
    ['GET', '/v1/customers/cus_none', '', 404, 'invalid_request_error'],
    ['GET', `/v1/customers/${'x'.repeat(4000)}`, '', 404, 'invalid_request_error'],
    ['GET', '/v1/customers/%E0%A4%A', '', 400, 'invalid_request_error'],
    ['POST', '/v1/customers', `name=${'x'.repeat(1_100_000)}`, 413, 'invalid_request_error'],
    ['POST', '/v1/customers', 'name=a&name[b]=c', 400, 'invalid_request_error'],
    ['POST', '/v1/customers', 'name=a&name=b', 400, 'invalid_request_error'],
    ['POST', '/v1/customers', 'name[=a', 400, 'invalid_request_error'],
    ['POST', '/v1/customers', 'name=a%00b', 400, 'invalid_request_error'],
    ['POST', '/v1/customers', `name${'[a]'.repeat(20)}=b`, 400, 'invalid_request_error'],
    ['POST', '/v1/customers', '__proto__[polluted]=1', 400, 'invalid_request_error'],
    ['POST', '/v1/customers', Array.from({ length: 1001 }, (_, n) => `metadata[k${n}]=v`).join('&'), 400, 'invalid_request_error'],
  ])('refuses a malformed %s %.30s %.20s', async (method, path, body, status, type) => {
    const answer = await raw(path, method === 'POST' ? { method, body } : {});
    expect([answer.status, await answer.json()]).toMatchObject([status, { error: { type, message: expect.any(String) } }]);
    expect((await shop.stripe.customers.list()).data).toEqual([]);
  });

  it('takes forms only', async () => {
    const answer = await post('/v1/customers', '{"name":"Ada"}', { 'content-type': 'application/json' });
    expect(answer.status).toBe(400);
    expect((await post('/v1/customers', 'name=Ada')).status).toBe(200);
  });
});

describe('parameters', () => {
  const session = (change: object): Promise<unknown> => shop.stripe.checkout.sessions.create({ ...oneTicket(shop.url), ...change });
  const line = (price_data: object): object => ({ line_items: [{ price_data: { currency: 'eur', unit_amount: 2500, product_data: { name: 'T' }, ...price_data } }] });

  it.each<[string, object, { code?: string; param?: string }]>([
    ['unknown', { colour: 'red' }, { code: 'parameter_unknown', param: 'colour' }],
    ['unknown and deep', line({ product_data: { name: 'T', colour: 'red' } }), { code: 'parameter_unknown', param: 'line_items[0][price_data][product_data][colour]' }],
    ['missing', { success_url: undefined }, { code: 'parameter_missing', param: 'success_url' }],
    ['missing and deep', line({ currency: undefined }), { code: 'parameter_missing', param: 'line_items[0][price_data][currency]' }],
    ['no lines', { line_items: undefined }, { code: 'parameter_missing', param: 'line_items' }],
    ['no number', line({ unit_amount: 'much' }), { code: 'parameter_invalid_integer', param: 'line_items[0][price_data][unit_amount]' }],
    ['a fraction', line({ unit_amount: 12.5 }), { code: 'parameter_invalid_integer' }],
    ['negative', line({ unit_amount: -1 }), { code: 'parameter_invalid_integer' }],
    ['too little to charge', line({ unit_amount: 49 }), { code: 'amount_too_small' }],
    ['too much', { line_items: [{ price_data: { currency: 'eur', unit_amount: 99_999_999, product_data: { name: 'T' } }, quantity: 2 }] }, { code: 'amount_too_large' }],
    ['no currency', line({ currency: 'xyz' }), { code: 'currency_not_supported' }],
    ['empty', { client_reference_id: '' }, { code: 'parameter_invalid_empty', param: 'client_reference_id' }],
    ['a text for an object', { payment_intent_data: 'x' }, { param: 'payment_intent_data' }],
    ['an object for a text', { client_reference_id: { a: 'b' } }, { param: 'client_reference_id' }],
    ['a text for a list', { line_items: 'x' }, { param: 'line_items' }],
    ['no such word', { mode: 'gift' }, { param: 'mode' }],
    ['a mode still to come', { mode: 'setup' }, { param: 'mode' }],
    ['no address', { success_url: 'javascript:alert(1)' }, { code: 'url_invalid', param: 'success_url' }],
    ['no e-mail', { customer_email: 'ada' }, { code: 'email_invalid', param: 'customer_email' }],
    ['no such customer', { customer: 'cus_none' }, { code: 'resource_missing', param: 'customer' }],
    ['no such price', { line_items: [{ price: 'price_none' }] }, { code: 'resource_missing', param: 'line_items[0][price]' }],
    ['price twice', { line_items: [{ price: 'price_x', price_data: { currency: 'eur', unit_amount: 1, product_data: { name: 'T' } } }] }, { param: 'line_items[0]' }],
    ['two currencies', { line_items: [...['eur', 'usd'].map((currency) => ({ price_data: { currency, unit_amount: 900, product_data: { name: 'T' } } }))] }, { param: 'line_items' }],
    ['metadata too long', { metadata: { a: 'x'.repeat(501) } }, { param: 'metadata[a]' }],
    ['too much metadata', { metadata: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, 'v'])) }, { param: 'metadata' }],
    ['no such expansion', { expand: ['line_items.data.nothing'] }, { param: 'expand[0]' }],
  ])('refuses a session when a parameter is %s, and changes nothing', async (_what, change, refusal) => {
    await expect(session(change)).rejects.toMatchObject({ statusCode: 400, type: 'StripeInvalidRequestError', ...refusal });
    expect((await shop.stripe.checkout.sessions.list()).data).toEqual([]);
    expect((await shop.stripe.products.list()).data).toEqual([]);
    await session({});
    expect((await shop.stripe.checkout.sessions.list()).data).toHaveLength(1);
  });
});

describe('catalogue and customers', () => {
  it('keeps what a price costs for ever', async () => {
    const product = await shop.stripe.products.create({ name: 'Supporter', images: ['https://example.com/a.png'] });
    const price = await shop.stripe.prices.create({ product: product.id, currency: 'CNY', unit_amount: 9900, lookup_key: 'supporter' });
    expect(price).toMatchObject({ currency: 'cny', type: 'one_time', unit_amount: 9900, active: true });
    expect(price.unit_amount_decimal?.toString()).toBe('9900');
    const change: object = { unit_amount: 1 };
    await expect(shop.stripe.prices.update(price.id, change)).rejects.toMatchObject({ code: 'parameter_unknown', param: 'unit_amount' });

    await shop.stripe.prices.update(price.id, { active: false, metadata: { old: 'yes' } });
    await expect(shop.openSession({ line_items: [{ price: price.id }] })).rejects.toMatchObject({ param: 'line_items[0][price]' });
    expect((await shop.stripe.prices.list({ active: true })).data).toEqual([]);
    await expect(shop.stripe.prices.create({ product: product.id, currency: 'cny', unit_amount: 9000, lookup_key: 'supporter' })).rejects.toMatchObject({ param: 'lookup_key' });
    const next = await shop.stripe.prices.create({ product: product.id, currency: 'cny', unit_amount: 9000, lookup_key: 'supporter', transfer_lookup_key: true });
    expect((await shop.stripe.prices.list({ lookup_keys: ['supporter'], expand: ['data.product'] })).data).toMatchObject([{ id: next.id, product: { name: 'Supporter' } }]);
    await expect(shop.stripe.products.del(product.id)).rejects.toMatchObject({ statusCode: 400 });
  });

  it('keeps monthly prices for later, and does not sell them in payment mode', async () => {
    const price = await shop.stripe.prices.create({ currency: 'eur', unit_amount: 500, recurring: { interval: 'month' }, product_data: { name: 'Member' } });
    expect(price).toMatchObject({ type: 'recurring', recurring: { interval: 'month', interval_count: 1 } });
    await expect(shop.openSession({ line_items: [{ price: price.id }] })).rejects.toMatchObject({ message: expect.stringContaining('recurring') });
  });

  it('merges metadata, unsets with an empty text, and remembers the deleted', async () => {
    const { id } = await shop.stripe.customers.create({ name: 'Ada', email: 'ada@example.com', metadata: { a: '1', b: '2' } });
    const changed = await shop.stripe.customers.update(id, { name: '', metadata: { a: '', c: '3' } });
    expect(changed).toMatchObject({ name: null, email: 'ada@example.com', metadata: { b: '2', c: '3' } });
    expect(changed.metadata).not.toHaveProperty('a');
    expect((await shop.stripe.customers.update(id, { metadata: '' })).metadata).toEqual({});
    await shop.stripe.customers.update(id, { email: 'lovelace@example.com' });
    expect((await shop.stripe.customers.list({ email: 'ada@example.com' })).data).toEqual([]);

    await shop.stripe.customers.del(id);
    expect(await shop.stripe.customers.retrieve(id)).toMatchObject({ id, deleted: true });
    expect((await shop.stripe.customers.list()).data).toEqual([]);
    await expect(shop.stripe.customers.update(id, { name: 'x' })).rejects.toMatchObject({ statusCode: 404 });
  });
});

describe('lists', () => {
  it('come newest first, in pages both ways, each thing once', async () => {
    const made: string[] = [];
    for (let n = 0; n < 7; n += 1) made.push((await shop.stripe.customers.create({ name: `Guest ${n}` })).id);
    const all = await shop.stripe.customers.list({ limit: 3 }).autoPagingToArray({ limit: 100 });
    expect(all.map(({ id }) => id)).toEqual(made.toReversed());

    const page = await shop.stripe.customers.list({ limit: 2, ending_before: made[2] });
    expect([page.has_more, page.data.map(({ id }) => id)]).toEqual([true, [made[4], made[3]]]);
    await expect(shop.stripe.customers.list({ starting_after: 'cus_none' })).rejects.toMatchObject({ code: 'resource_missing' });
    await expect(shop.stripe.customers.list({ limit: 101 })).rejects.toMatchObject({ param: 'limit' });
    await expect(shop.stripe.customers.list({ starting_after: made[0], ending_before: made[1] })).rejects.toMatchObject({ statusCode: 400 });
  });

  it('can be narrowed by kind and time', async () => {
    const first = await shop.openSession();
    shop.clock.ms += 10_000;
    await shop.click(first, 'pay');
    const later = Math.floor(shop.clock.ms / 1000);
    const types = async (query: Stripe.EventListParams): Promise<string[]> => (await shop.stripe.events.list(query)).data.map(({ type }) => type);
    expect(await types({ type: 'payment_intent.*' })).toEqual(['payment_intent.succeeded', 'payment_intent.created']);
    expect(await types({ types: ['price.created', 'charge.succeeded'] })).toEqual(['charge.succeeded', 'price.created']);
    expect(await types({ created: { lt: later } })).toEqual(['price.created', 'product.created']);
    expect((await shop.stripe.checkout.sessions.list({ status: 'open' })).data).toEqual([]);
    expect((await shop.stripe.checkout.sessions.list({ status: 'complete' })).data.map(({ id }) => id)).toEqual([first.id]);
    expect((await shop.stripe.checkout.sessions.listLineItems(first.id)).data).toMatchObject([{ description: 'Workshop ticket' }]);
  });
});

describe('idempotency', () => {
  it('answers a repeated key with the first answer, even after a restart', async () => {
    const key = { idempotencyKey: 'order-1:1' };
    const first = await shop.stripe.customers.create({ name: 'Ada' }, key);
    expect((await shop.stripe.customers.create({ name: 'Ada' }, key)).id).toBe(first.id);
    await shop.restart();
    const again = await shop.stripe.customers.create({ name: 'Ada' }, key);
    expect([again.id, again.lastResponse.headers['idempotent-replayed']]).toEqual([first.id, 'true']);
    expect((await shop.stripe.customers.list()).data).toHaveLength(1);
    expect((await shop.stripe.events.list()).data[0]?.request).toMatchObject({ idempotency_key: 'order-1:1' });
  });

  it('keeps a refusal too, but not that of bad parameters', async () => {
    const key = { 'idempotency-key': 'k' };
    const refusal = await post('/v1/refunds', 'charge=ch_none', key);
    const replay = await post('/v1/refunds', 'charge=ch_none', key);
    expect([refusal.status, replay.status, await replay.text(), replay.headers.get('idempotent-replayed')]).toEqual([400, 400, await refusal.text(), 'true']);
    expect((await post('/v1/customers', 'colour=red', { 'idempotency-key': 'q' })).status).toBe(400);
    expect((await post('/v1/customers', 'name=Ada', { 'idempotency-key': 'q' })).status).toBe(200);
  });

  it('refuses a key that comes with another request', async () => {
    const key = { idempotencyKey: 'order-2:1' };
    await shop.stripe.customers.create({ name: 'Ada' }, key);
    await expect(shop.stripe.customers.create({ name: 'Grace' }, key)).rejects.toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
    await expect(shop.stripe.products.create({ name: 'Ada' }, key)).rejects.toMatchObject({ statusCode: 400, message: expect.stringContaining('/v1/products') });
    expect((await shop.stripe.customers.list()).data).toHaveLength(1);
  });

  it('refuses a key while its first request is running', async () => {
    const { host, port, secretKey } = shop.sandbox;
    const request = (last: boolean): string =>
      `POST /v1/customers HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${secretKey}\r\nIdempotency-Key: twin\r\n` +
      `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\n${last ? 'Connection: close\r\n' : ''}\r\nname=Ada`;
    // Two requests in one packet: the second is read before the first can have been written.
    const socket = connect(port, host);
    socket.write(request(false) + request(true));
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk as Buffer);
    const statuses = [...Buffer.concat(chunks).toString().matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
    expect(statuses).toEqual(['200', '409']);
    expect((await shop.stripe.customers.list()).data).toHaveLength(1);
  });

  it('forgets a key after a day', async () => {
    const key = { idempotencyKey: 'order-3:1' };
    const first = await shop.stripe.customers.create({ name: 'Ada' }, key);
    shop.clock.ms += 24 * 3_600_000 + 1000;
    expect((await shop.stripe.customers.create({ name: 'Ada' }, key)).id).not.toBe(first.id);
  });
});

describe('test clocks', () => {
  const second = (): number => Math.floor(shop.clock.ms / 1000);
  const day = 24 * 3600;

  it('move a customer’s time alone, tell of it, and take the customer along when they go', async () => {
    const { testClocks } = shop.stripe.testHelpers;
    const clock = await testClocks.create({ frozen_time: second() + day, name: 'Renewals' });
    expect(clock).toMatchObject({ status: 'ready', frozen_time: second() + day, deletes_after: second() + 30 * day });
    const customer = await shop.stripe.customers.create({ test_clock: clock.id });
    expect(customer).toMatchObject({ created: second() + day, test_clock: clock.id });
    expect((await shop.stripe.customers.create({})).created).toBe(second());

    const sent = await testClocks.advance(clock.id, { frozen_time: second() + 40 * day });
    expect(sent).toMatchObject({ status: 'advancing', frozen_time: second() + day, status_details: { advancing: { target_frozen_time: second() + 40 * day } } });
    expect(await testClocks.retrieve(clock.id)).toMatchObject({ status: 'ready', frozen_time: second() + 40 * day, status_details: {} });
    expect((await shop.stripe.customers.list({ test_clock: clock.id })).data.map(({ id }) => id)).toEqual([customer.id]);
    await shop.sandbox.webhooks.settled();
    expect(shop.heardTypes()).toEqual([
      'test_helpers.test_clock.created', 'customer.created', 'customer.created', 'test_helpers.test_clock.advancing', 'test_helpers.test_clock.ready',
    ]);

    await testClocks.del(clock.id);
    expect(await shop.stripe.customers.retrieve(customer.id)).toMatchObject({ deleted: true });
    expect((await testClocks.list()).data).toEqual([]);
  });

  it('go forward only, by two years at most, with three customers, for 30 days', async () => {
    const { testClocks } = shop.stripe.testHelpers;
    const clock = await testClocks.create({ frozen_time: second() });
    for (const frozen_time of [second(), second() + 3 * 366 * day])
      await expect(testClocks.advance(clock.id, { frozen_time })).rejects.toMatchObject({ statusCode: 400, param: 'frozen_time' });
    await expect(testClocks.advance('clock_none', { frozen_time: second() + 1 })).rejects.toMatchObject({ statusCode: 404 });
    await expect(shop.stripe.customers.create({ test_clock: 'clock_none' })).rejects.toMatchObject({ code: 'resource_missing', param: 'test_clock' });
    for (let count = 0; count < 3; count++) await shop.stripe.customers.create({ test_clock: clock.id });
    await expect(shop.stripe.customers.create({ test_clock: clock.id })).rejects.toMatchObject({ statusCode: 400, param: 'test_clock' });
    expect(await testClocks.retrieve(clock.id)).toMatchObject({ frozen_time: second() });

    await shop.sandbox.advanceClock(31 * day * 1000);
    expect((await shop.stripe.customers.list()).data).toEqual([]);
    await shop.restart();
    expect((await shop.stripe.customers.create({})).created).toBe(second() + 31 * day);
    await expect(shop.sandbox.advanceClock(-1)).rejects.toThrow(RangeError);
  });
});
