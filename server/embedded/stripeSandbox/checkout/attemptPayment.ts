/** A click on the payment page. */
import { createCustomer } from '../objects/customers.js';
import { redeem } from '../discounts/chooseDiscount.js';
import type { StoredSession } from '../store/kinds.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';
import { chargeCard, intentFor, type CardAnswer, type Payer } from './makeCharge.js';

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
  if (session.payment_status === 'no_payment_required') return complete(turn, session, payer);

  const known = answer === 'approved' ? withCustomer(turn, session, payer) : session;
  const intent = chargeCard(turn, { ...intentFor(turn, known, plan), customer: known.customer }, payer, answer);
  const attempted = turn.draft.put('checkout.session', { ...known, payment_intent: intent.id });
  if (intent.status !== 'succeeded') return attempted;
  return complete(turn, { ...attempted, payment_status: 'paid' }, payer);
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
