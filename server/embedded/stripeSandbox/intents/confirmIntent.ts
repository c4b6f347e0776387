/** A payment that its creator confirms, without a payment page: https://docs.stripe.com/api/payment_intents/confirm */
import { ApiFault, badRequest, cardDeclined, noSuchObject, noSuchReference } from '../api/apiFault.js';
import { makeDebit, testAccount } from '../cards/bankDebits.js';
import { besidesOf, isTestCard, makeCard } from '../cards/testCards.js';
import { beginDebit } from '../checkout/bankDebit.js';
import { askForProof } from '../checkout/challenge.js';
import { chargeCard, type Payer } from '../checkout/makeCharge.js';
import type { StoredPaymentIntent, StoredPaymentMethod } from '../store/kinds.js';
import type { Turn } from '../turn.js';

/** What a confirmation says. */
export interface Confirmation {
  /** A test card, a test account, or a method that is there; the intent's own where it is left out. */
  payment_method?: string | undefined;
  /** Whether the payer is away, so that nobody could ask them for proof. */
  off_session?: boolean | undefined;
  mandate_data?: object | undefined;
}

const unpaid: readonly string[] = ['requires_action', 'requires_confirmation', 'requires_payment_method'];

/**
 * The intent, which can still be paid or called off.
 *
 * @throws ApiFault 400 `payment_intent_unexpected_state` when it cannot; 404 when there is none.
 */
export function unpaidIntent({ draft }: Turn, id: string, deed: string): StoredPaymentIntent {
  const intent = draft.get('payment_intent', id);
  if (!intent) throw noSuchObject('payment_intent', id);
  if (!unpaid.includes(intent.status))
    throw badRequest(`You cannot ${deed} this PaymentIntent because it has a status of ${intent.status}.`, { code: 'payment_intent_unexpected_state' });
  return intent;
}

/** The means of payment that a name stands for; the names of test cards and accounts make new ones. */
export function meansOf(turn: Turn, name: string, { customer, payment_method_types: types }: Pick<StoredPaymentIntent, 'customer' | 'payment_method_types'>): StoredPaymentMethod {
  const answer = testAccount(name);
  const made = isTestCard(name) ? makeCard(turn, name, null) : answer && makeDebit(turn, 'sepa_debit', answer, null);
  const means = made ?? turn.draft.get('payment_method', name);
  const param = 'payment_method';
  if (!means) throw noSuchReference('PaymentMethod', name, param);
  if (means.customer !== null && means.customer !== customer) throw badRequest('The provided PaymentMethod belongs to another customer than the PaymentIntent.', { param });
  if (!types.includes(means.type))
    throw badRequest(`The PaymentMethod provided (${means.type}) is not allowed for this PaymentIntent. Its types are: ${types.join(', ')}.`, { param });
  return means;
}

/**
 * Tries to pay an intent once.
 *
 * @returns the intent; or the fault that refuses, after which the attempt stands.
 * @throws ApiFault 400 when there is nothing to pay with, or an account is to be debited without a mandate.
 */
export function confirmIntent(turn: Turn, intent: StoredPaymentIntent, { payment_method: name, off_session: isAway, mandate_data: mandate }: Confirmation): StoredPaymentIntent | ApiFault {
  const chosen = name ?? intent.payment_method;
  if (!chosen) throw badRequest('You cannot confirm this PaymentIntent because it’s missing a payment method.', { code: 'payment_intent_unexpected_state' });
  const means = meansOf(turn, chosen, intent);
  const payer: Payer = { email: means.billing_details.email };
  if (!means.card) {
    if (!mandate) throw badRequest('The PaymentMethod provided requires a mandate. Provide `mandate_data` with how your customer accepted it.', { param: 'mandate_data' });
    return beginDebit(turn, intent, payer, means);
  }
  const besides = besidesOf(means.card.last4);
  const alwaysAsks = besides === 'always_asks_for_proof';
  if (!isAway && (alwaysAsks || besides === 'asks_for_proof')) return askForProof(turn, intent, means);
  const tried = chargeCard(turn, intent, payer, means);
  if (tried.status === 'succeeded') return tried;
  return alwaysAsks ? proofMissing(tried) : cardDeclined(tried);
}

function proofMissing(intent: StoredPaymentIntent): ApiFault {
  return new ApiFault(402, {
    type: 'card_error',
    code: 'authentication_required',
    decline_code: 'authentication_required',
    message: 'Your card was declined. This transaction requires authentication.',
    payment_intent: intent,
  });
}
