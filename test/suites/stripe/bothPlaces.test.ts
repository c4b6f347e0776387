/**
 * Everything that Guildhall asks of Stripe, asked in both places: of the sandbox always and, with `STRIPE_TEST_KEY`, of Stripe's own test
 * mode. Nothing here knows which one answers, so it speaks through the SDK alone; time passes by test clocks, and test cards stand in for
 * whoever sits before a payment page. What only such a page can do is asked of the sandbox beside this (`test/suites/stripeSandbox`).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { webhookFollowers } from '../../../server/moneyTables.js';
import { listFiles, readCode } from '../../contracts/houseSources.js';
import { askCatalog } from './askCatalog.js';
import { askPages } from './askPages.js';
import { askPayments } from './askPayments.js';
import { askSubscriptions } from './askSubscriptions.js';
import { places } from './places.js';
import { beginVisit, type Visit } from './visit.js';

/** What is told when somebody has paid on Stripe's own page, which no call of the API can do. */
const byPageAlone: readonly string[] = ['checkout.session.completed', 'checkout.session.async_payment_succeeded', 'checkout.session.async_payment_failed'];

/** The methods of the SDK that the house calls, as its source has them: `stripe.checkout.sessions.create(`. */
function askedByTheHouse(): string[] {
  const sources = listFiles('server', /\.ts$/).filter((file) => !file.startsWith('server/embedded/'));
  return [...new Set(sources.flatMap((file) => [...readCode(file).matchAll(/\bstripe\.((?:\w+\.)+\w+)\(/g)].map(([, method]) => String(method))))].sort();
}

/** The types of events that the house looks after. */
const followed = [...new Set(webhookFollowers.flatMap(({ types }) => [...types]))].sort();

describe.each(places)('%s', { timeout: 600_000 }, (_name, open) => {
  let visit: Visit;
  const here = (): Visit => visit;

  beforeAll(async () => {
    visit = await beginVisit(open);
  }, 60_000);

  afterAll(() => visit.end(), 300_000);

  describe('what is sold', () => {
    askCatalog(here);
  });
  describe('its pages', () => {
    askPages(here);
  });
  describe('money', () => {
    askPayments(here);
  });
  describe('a subscription', () => {
    askSubscriptions(here);
  });

  it('was asked all that the house asks, and has told all that the house follows', () => {
    const asked = askedByTheHouse();
    expect(asked.length).toBeGreaterThan(25);
    expect(asked.filter((method) => !visit.called.has(method))).toEqual([]);
    expect(followed.filter((type) => !visit.told.has(type))).toEqual(byPageAlone.toSorted());
  });
});
