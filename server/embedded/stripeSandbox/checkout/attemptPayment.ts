/** A click on the payment page. */
import { debitIn, makeDebit } from '../cards/bankDebits.js';
import { attachCard } from '../cards/paymentMethods.js';
import { besidesOf, makeCard } from '../cards/testCards.js';
import { redeem } from '../discounts/chooseDiscount.js';
import { createCustomer } from '../objects/customers.js';
import type { CheckoutPlan, StoredPaymentIntent, StoredSession } from '../store/kinds.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';
import { beginDebit } from './bankDebit.js';
import { askForProof, takeProof } from './challenge.js';
import { chargeCard, intentFor, type Payer } from './makeCharge.js';
import { outcomes, outcomesOf, type OutcomeName } from './outcomes.js';
import { tryToSubscribe } from './subscribe.js';

/**
 * Tries to pay an open session. A session that is already complete or expired stays as it is, so whoever clicks
 * twice pays once; and so does one to which this cannot happen.
 *
 * @returns the session as it is now; undefined when there is none of that name.
 */
export function attemptPayment(turn: Turn, sessionId: string, payer: Payer, outcome: OutcomeName): StoredSession | undefined {
  const session = turn.draft.get('checkout.session', sessionId);
  const plan = turn.draft.get('checkout_plan', sessionId);
  if (!session || !plan || session.status !== 'open' || !outcomesOf(session).includes(outcome)) return session;
  const known = outcome === 'decline' ? session : withCustomer(turn, session, payer);
  const ready =
    session.mode === 'subscription'
      ? tryToSubscribe(turn, known, plan, payer, outcome === 'dispute' ? 'disputes it' : outcome === 'decline' ? 'declined' : 'approved')
      : tryToPay(turn, known, plan, payer, outcome);
  return ready ? complete(turn, ready, payer) : turn.draft.get('checkout.session', sessionId);
}

/** Takes the holder's answer to their bank's question, if one waits for it. */
export function answerChallenge(turn: Turn, sessionId: string, isProven: boolean): StoredSession | undefined {
  const session = turn.draft.get('checkout.session', sessionId);
  const plan = turn.draft.get('checkout_plan', sessionId);
  const intent = turn.draft.get('payment_intent', session?.payment_intent ?? '');
  if (session?.status !== 'open' || !plan || intent?.status !== 'requires_action') return session;
  const payer = { email: turn.draft.get('payment_method', intent.payment_method ?? '')?.billing_details.email ?? null };
  const ready = paidBy(turn, session, plan, takeProof(turn, intent, isProven));
  return ready ? complete(turn, ready, payer) : session;
}

/** The session with its payment, made or on its way; `null` when there is none yet. */
function tryToPay(turn: Turn, session: StoredSession, plan: CheckoutPlan, payer: Payer, outcome: OutcomeName): StoredSession | null {
  if (session.payment_status === 'no_payment_required') return session;
  const intent = { ...intentFor(turn, session, plan), customer: session.customer };
  const attempted = turn.draft.put('checkout.session', { ...session, payment_intent: intent.id });
  const means = outcomes[outcome];
  if ('debit' in means) {
    const type = debitIn(session);
    return type && beginDebit(turn, intent, payer, makeDebit(turn, type, means.debit, payer.email)) && attempted;
  }
  const card = makeCard(turn, means.card, payer.email);
  return paidBy(turn, attempted, plan, besidesOf(card.card?.last4) === 'asks_for_proof' ? askForProof(turn, intent, card) : chargeCard(turn, intent, payer, card));
}

/** The session as it is when the intent has succeeded; `null` when it has not. */
function paidBy(turn: Turn, session: StoredSession, plan: CheckoutPlan, intent: StoredPaymentIntent): StoredSession | null {
  if (intent.status !== 'succeeded') return null;
  const card = turn.draft.get('payment_method', intent.payment_method ?? '');
  if (card && plan.paymentIntent.setupFutureUsage !== null && session.customer !== null) attachCard(turn, card, session.customer);
  return { ...session, payment_status: 'paid' };
}

function withCustomer(turn: Turn, session: StoredSession, { email }: Payer): StoredSession {
  if (session.customer !== null || session.customer_creation !== 'always') return session;
  return { ...session, customer: createCustomer(turn, { email }).id };
}

function complete(turn: Turn, session: StoredSession, { email }: Payer): StoredSession {
  turn.draft.unschedule({ lane: 'expire_session', at: session.expires_at * 1000, id: session.id });
  const completed = turn.draft.put('checkout.session', {
    ...session,
    customer_details: {
      address: null, business_name: null, email, individual_name: null, name: null, phone: null, tax_exempt: 'none', tax_ids: [],
    },
    status: 'complete',
  });
  redeem(turn, completed);
  emitEvent(turn, 'checkout.session.completed', completed);
  return completed;
}
