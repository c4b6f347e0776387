/** The payment page as a browser gets it: words, amounts, states, and what it may not do. */
import type Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openShop, type Shop } from './shop.js';

let shop: Shop;
beforeEach(async () => { shop = await openShop(); });
afterEach(() => shop.close());

async function pageOf(session: Stripe.Checkout.Session, language = 'en'): Promise<{ status: number; html: string; headers: Headers }> {
  const response = await fetch(`${shop.url}/stripe-sandbox/c/${session.id}`, { headers: { 'accept-language': language } });
  return { status: response.status, html: await response.text(), headers: response.headers };
}
const priced = (currency: string, unit_amount: number, name = 'Workshop ticket', quantity = 1): Partial<Stripe.Checkout.SessionCreateParams> => ({
  line_items: [{ price_data: { currency, unit_amount, product_data: { name } }, quantity }],
});

describe('the payment page', () => {
  it('shows what is bought and for how much, and says that it is a test', async () => {
    const { status, html } = await pageOf(await shop.openSession(priced('eur', 2500, 'Workshop ticket', 3)));
    expect(status).toBe(200);
    for (const text of ['Test mode', 'Workshop ticket', '3 × €25.00', '€75.00', 'Pay €75.00', 'Decline the card', 'Leave without paying'])
      expect(html).toContain(text);
  });

  it.each<[string, Stripe.Checkout.SessionCreateParams.Locale | undefined, string, string, string]>([
    ['the browser’s', undefined, 'zh-CN,zh;q=0.9,en;q=0.5', 'zh-CN', '支付 €25.00'],
    ['the browser’s', 'auto', 'fr,en;q=0.5', 'en', 'Pay €25.00'],
    ['the session’s', 'zh', 'en', 'zh-CN', '支付 €25.00'],
    ['the session’s', 'en', 'zh-CN', 'en', 'Pay €25.00'],
  ])('speaks %s language (%s, %s)', async (_whose, locale, accepts, lang, words) => {
    const { html } = await pageOf(await shop.openSession({ locale }), accepts);
    expect(html).toContain(`<html lang="${lang}">`);
    expect(html).toContain(words);
  });

  it.each([['jpy', 1200, '¥1,200'], ['cny', 9900, 'CN¥99.00'], ['usd', 123_456, '$1,234.56'], ['kwd', 1500, 'KWD&nbsp;1.500']])('writes %s %i as %s', async (currency, amount, text) => {
    const { html } = await pageOf(await shop.openSession(priced(currency, amount)));
    expect(html.replaceAll('\u00a0', '&nbsp;')).toContain(`Pay ${text}`);
  });

  it('runs no script, styles nothing in place, and sends its form nowhere but home and to the shop', async () => {
    const session = await shop.openSession({ ...priced('eur', 2500, '<script>alert(1)</script>" onload="x'), success_url: 'https://shop.example/thanks' });
    const { html, headers } = await pageOf(session);
    expect(html).not.toMatch(/<script|<style|\sstyle=|\son\w+="/);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&quot;x');
    const policy = headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'; style-src 'self';");
    expect(policy).toContain("form-action 'self' https://shop.example;");
    const sheet = await fetch(`${shop.url}/stripe-sandbox/checkout.css`);
    expect([sheet.status, sheet.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/css')]);
  });

  it('asks for an e-mail address and keeps what was written', async () => {
    const session = await shop.openSession();
    const answer = await shop.click(session, 'pay', 'not "an" address');
    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toContain('value="not &quot;an&quot; address" aria-invalid="true"');
    expect(html).toContain('Write an e-mail address');
    expect((await shop.stripe.checkout.sessions.retrieve(session.id)).payment_intent).toBeNull();

    await shop.click(session, 'decline', 'ada@example.com');
    expect((await pageOf(session)).html).toContain('value="ada@example.com"');
    const known = await pageOf(await shop.openSession({ customer_email: 'grace@example.com' }));
    expect(known.html).toContain('value="grace@example.com" readonly');
  });

  it('says when it is paid, expired or unknown, with a way on', async () => {
    const paid = await shop.openSession();
    await shop.click(paid, 'pay');
    const done = await pageOf(paid);
    expect([done.status, done.html]).toEqual([200, expect.stringContaining('This is already paid')]);
    expect(done.html).toContain(`href="${shop.url}/thanks?session=${paid.id}"`);

    const late = await shop.openSession();
    await shop.stripe.checkout.sessions.expire(late.id);
    const gone = await pageOf(late, 'zh-CN');
    expect([gone.status, gone.html]).toEqual([410, expect.stringContaining('此页面已过期')]);
    expect(gone.html).toContain(`href="${shop.url}/workshop"`);

    const nowhere = await fetch(`${shop.url}/stripe-sandbox/c/cs_test_none`);
    expect([nowhere.status, await nowhere.text()]).toEqual([404, expect.stringContaining('There is no such payment page')]);
    const click = await fetch(`${shop.url}/stripe-sandbox/c/cs_test_none/pay`, { method: 'POST' });
    expect(click.status).toBe(404);
  });

  it('offers no way back where the shop has named none', async () => {
    const { html } = await pageOf(await shop.openSession({ cancel_url: undefined }));
    expect(html).not.toContain('Leave without paying');
  });
});
