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

/** What is booked; amounts are in minor units of `currency`, and signed: money that goes out is negative. */
export interface Booking {
  source: string;
  type: 'adjustment' | 'charge' | 'refund' | 'refund_failure';
  amount: number;
  /** What Stripe takes for it, in the same currency. */
  fee?: number;
  feeFor?: string;
  currency: string;
  description: string | null;
  /** What it is reported as, where its type does not say it. */
  category?: 'dispute' | 'dispute_reversal';
}

/** Books money that came in or went out, less the fee. No fee is ever given back. */
export function bookTransaction({ draft, now }: Turn, booking: Booking): Kinds['balance_transaction'] {
  const { source, type, amount, fee = 0, feeFor = 'Stripe processing fees', currency: unit, description, category } = booking;
  const feeDetails = [{ amount: fee, application: null, currency: unit, description: feeFor, type: 'stripe_fee' }];
  return draft.put('balance_transaction', {
    id: newId('txn_'),
    object: 'balance_transaction',
    amount,
    available_on: now + availableAfter,
    balance_type: 'payments',
    created: now,
    currency: unit,
    description,
    exchange_rate: null,
    fee,
    fee_details: fee > 0 ? feeDetails : [],
    net: amount - fee,
    reporting_category: category ?? type,
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
