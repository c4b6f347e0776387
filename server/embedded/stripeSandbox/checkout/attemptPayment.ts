/** A click on the payment page. */
import { attachCard } from '../cards/paymentMethods.js';
import { makeCard } from '../cards/testCards.js';
import { redeem } from '../discounts/chooseDiscount.js';
import { createCustomer } from '../objects/customers.js';
import type { CheckoutPlan, StoredSession } from '../store/kinds.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';
import { chargeCard, intentFor, type Payer } from './makeCharge.js';
import { tryToSubscribe } from './subscribe.js';

/** How the card's bank answers. */
export type CardAnswer = 'approved' | 'declined';

/**
 * Tries to pay an open session. A session that is already complete or expired stays as it is: whoever clicks
 * twice pays once.
 *
 * @returns the session as it is now; undefined when there is none of that name.
 */
export function attemptPayment(turn: Turn, sessionId: string, payer: Payer, answer: CardAnswer): StoredSession | undefined {
  const session = turn.draft.get('checkout.session', sessionId);
  const plan = turn.draft.get('checkout_plan', sessionId);
  if (!session || !plan || session.status !== 'open') return session;
  const known = answer === 'approved' ? withCustomer(turn, session, payer) : session;
  const ready = session.mode === 'subscription' ? tryToSubscribe(turn, known, plan, payer, answer) : tryToPay(turn, known, plan, payer, answer);
  return ready ? complete(turn, ready, payer) : turn.draft.get('checkout.session', sessionId);
}

/** The session with its payment; `null` when the card was declined. */
function tryToPay(turn: Turn, session: StoredSession, plan: CheckoutPlan, payer: Payer, answer: CardAnswer): StoredSession | null {
  if (session.payment_status === 'no_payment_required') return session;
  const card = makeCard(turn, answer === 'approved' ? 'pm_card_visa' : 'pm_card_chargeDeclined', payer.email);
  const intent = chargeCard(turn, { ...intentFor(turn, session, plan), customer: session.customer }, payer, card);
  const attempted = turn.draft.put('checkout.session', { ...session, payment_intent: intent.id });
  if (intent.status !== 'succeeded') return null;
  if (plan.paymentIntent.setupFutureUsage !== null && session.customer !== null) attachCard(turn, card, session.customer);
  return { ...attempted, payment_status: 'paid' };
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
