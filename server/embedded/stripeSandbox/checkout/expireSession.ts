/** Ends a checkout session that was not paid. */
import { badRequest, noSuchObject } from '../api/apiFault.js';
import type { StoredSession } from '../store/kinds.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';

/**
 * Expires an open session at its creator's word.
 *
 * @throws ApiFault 404 when there is none; 400 when it is already complete or expired.
 */
export function expireSession(turn: Turn, id: string): StoredSession {
  const session = turn.draft.get('checkout.session', id);
  if (!session) throw noSuchObject('checkout.session', id);
  if (session.status !== 'open')
    throw badRequest(`Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`);
  turn.draft.unschedule({ lane: 'expire_session', at: session.expires_at * 1000, id });
  return endSession(turn, session);
}

/** Expires a session whose time has come; one that is paid or expired already stays as it is. */
export function expireWhenDue(turn: Turn, id: string): void {
  const session = turn.draft.get('checkout.session', id);
  if (session?.status === 'open') endSession(turn, session);
}

function endSession(turn: Turn, session: StoredSession): StoredSession {
  const expired = turn.draft.put('checkout.session', { ...session, status: 'expired' });
  const intent = turn.draft.get('payment_intent', session.payment_intent ?? '');
  // An attempt that came to nothing left an intent behind; nobody can pay it any more.
  if (intent?.status === 'requires_payment_method' || intent?.status === 'requires_action') {
    const canceled = turn.draft.put('payment_intent', {
      ...intent,
      next_action: null,
      status: 'canceled',
      canceled_at: turn.now,
      cancellation_reason: 'expired',
    });
    emitEvent(turn, 'payment_intent.canceled', canceled);
  }
  emitEvent(turn, 'checkout.session.expired', expired);
  return expired;
}
