/** What the sandbox's account earns, and what Stripe takes: https://docs.stripe.com/api/balance_transactions */
import { noSuchObject } from '../api/apiFault.js';
import { lists, reads, sameText, type Endpoint } from '../api/endpoint.js';
import { currency, id as idParam, params, text } from '../api/params.js';
import type { Kinds } from '../store/kinds.js';
import { newId } from '../store/newId.js';
import type { Turn } from '../turn.js';

/** How long Stripe holds card money back, in seconds: two days. */
const availableAfter = 2 * 24 * 60 * 60;

/**
 * The fee on a charge, in minor units of its currency: 2.9 % rounded half up, plus 30 minor units.
 * A plain rule, the same in every currency, so that a ledger has something exact to reconcile with.
 */
export function feeOn(amount: number): number {
  return Math.floor((amount * 29 + 500) / 1000) + 30;
}

/** Books money that came in (a charge, less the fee) or went out (a refund; the fee is not given back). */
export function bookTransaction(
  { draft, now }: Turn,
  { source, type, amount, currency: unit, description }: { source: string; type: 'charge' | 'refund'; amount: number; currency: string; description: string | null },
): Kinds['balance_transaction'] {
  const fee = type === 'charge' ? feeOn(amount) : 0;
  const feeDetails = [{ amount: fee, application: null, currency: unit, description: 'Stripe processing fees', type: 'stripe_fee' }];
  return draft.put('balance_transaction', {
    id: newId('txn_'),
    object: 'balance_transaction',
    amount: type === 'charge' ? amount : -amount,
    available_on: now + availableAfter,
    balance_type: 'payments',
    created: now,
    currency: unit,
    description,
    exchange_rate: null,
    fee,
    fee_details: fee > 0 ? feeDetails : [],
    net: type === 'charge' ? amount - fee : -amount,
    reporting_category: type,
    source,
    status: 'pending',
    type,
  });
}

/** The API's rows for balance transactions. */
export const balanceTransactionEndpoints: readonly Endpoint[] = [
  lists('balance_transaction', '/v1/balance_transactions', {
    currency: sameText(currency(), 'currency'),
    source: sameText(idParam(), 'source'),
    type: sameText(text(), 'type'),
  }),
  reads('/v1/balance_transactions/:id', params({}), ({ reader }, { id }) => {
    const transaction = reader.get('balance_transaction', id);
    if (!transaction) throw noSuchObject('balance transaction', id);
    return transaction;
  }),
];
