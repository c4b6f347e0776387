/** What the sandbox's account has: https://docs.stripe.com/api/balance */
import { reads, type Endpoint } from '../api/endpoint.js';
import { params } from '../api/params.js';
import type { Kinds } from '../store/kinds.js';

type Held = { amount: number; currency: string; source_types: { card: number } };

/** What some transactions come to in each currency; a currency in which there is nothing is there with 0. */
function held(currencies: readonly string[], transactions: readonly Kinds['balance_transaction'][]): Held[] {
  return currencies.map((currency) => {
    const amount = transactions.reduce((sum, one) => sum + (one.currency === currency ? one.net : 0), 0);
    return { amount, currency, source_types: { card: amount } };
  });
}

/** The API's row for the balance: the sum of all balance transactions, by what may be paid out by now and what may not. */
export const balanceEndpoints: readonly Endpoint[] = [
  reads('/v1/balance', params({}), ({ reader, now }) => {
    const all = [...reader.walk('balance_transaction', {})];
    const currencies = [...new Set(all.map(({ currency }) => currency))].sort();
    return {
      object: 'balance',
      available: held(currencies, all.filter((one) => one.available_on <= now)),
      livemode: false,
      pending: held(currencies, all.filter((one) => one.available_on > now)),
    };
  }),
];
