/**
 * Payments out of a bank account: whether one arrives is known some time after the checkout.
 * The accounts are Stripe's own for tests: https://docs.stripe.com/testing#non-card-payments
 */
import type { StoredCharge, StoredPaymentMethod, StoredSession } from '../store/kinds.js';
import { newId } from '../store/newId.js';
import type { Turn } from '../turn.js';

/** How a payment out of the account ends. */
export type DebitAnswer = 'fails' | 'succeeds';

/** The kinds of account that can be debited. */
export type DebitType = 'sepa_debit' | 'us_bank_account';

/** After how long it is known how a payment out of an account ended, in seconds: Stripe's slow test accounts take three minutes. */
export const debitTakes = 3 * 60;

const debits: { readonly [currency: string]: DebitType } = { eur: 'sepa_debit', usd: 'us_bank_account' };
const endings: { readonly [T in DebitType]: { readonly [A in DebitAnswer]: string } } = {
  sepa_debit: { succeeds: '3204', fails: '3205' },
  us_bank_account: { succeeds: '6789', fails: '1116' },
};

const accountNames: { readonly [name: string]: DebitAnswer | undefined } = { pm_successDelayed_at: 'succeeds', pm_failedDelayed_at: 'fails' };

/** What becomes of a debit of the Austrian test account that Stripe's API knows by this name; undefined where there is none. */
export const testAccount = (name: string): DebitAnswer | undefined => accountNames[name];

/** The kind of account that a session takes, if it takes any. */
export function debitIn({ currency, allowed_payment_method_types: allowed }: StoredSession): DebitType | null {
  const type = debits[currency ?? ''] ?? null;
  return type !== null && (allowed === null || allowed.includes(type)) ? type : null;
}

/** An account that nobody holds yet. */
export function makeDebit(turn: Turn, type: DebitType, answer: DebitAnswer, email: string | null): StoredPaymentMethod {
  const last4 = endings[type][answer];
  return turn.draft.put('payment_method', {
    id: newId('pm_'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: { address: null, email, name: null, phone: null, tax_id: null },
    created: turn.now,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type,
    ...(type === 'sepa_debit'
      ? { sepa_debit: { bank_code: '19043', branch_code: '', country: 'AT', fingerprint: `sandbox${last4}`, generated_from: { charge: null, setup_attempt: null }, last4 } }
      : { us_bank_account: { account_holder_type: 'individual', account_type: 'checking', bank_name: 'STRIPE TEST BANK', financial_connections_account: null, fingerprint: `sandbox${last4}`, last4, networks: { preferred: 'ach', supported: ['ach'] }, routing_number: '110000000', status_details: null } }),
  });
}

/** Whether the money of a payment out of this account arrives. */
export function arrives({ sepa_debit: sepa, us_bank_account: us }: Pick<StoredPaymentMethod, 'sepa_debit' | 'us_bank_account'>): boolean {
  return sepa ? sepa.last4 === endings.sepa_debit.succeeds : us?.last4 === endings.us_bank_account.succeeds;
}

/** The account as a charge shows it. */
export function debitedAccount({ sepa_debit: sepa, us_bank_account: us, type }: StoredPaymentMethod): NonNullable<StoredCharge['payment_method_details']> {
  if (sepa) return { type, sepa_debit: { bank_code: sepa.bank_code, branch_code: sepa.branch_code, country: sepa.country, fingerprint: sepa.fingerprint, last4: sepa.last4, mandate: null } };
  return { type, us_bank_account: { account_holder_type: 'individual', account_type: 'checking', bank_name: us?.bank_name ?? null, fingerprint: us?.fingerprint ?? null, last4: us?.last4 ?? null, payment_reference: null, routing_number: us?.routing_number ?? null } };
}
