/** A promotion code written on the payment page. */
import { ApiFault } from '../api/apiFault.js';
import { chooseDiscount, type Discount } from '../discounts/chooseDiscount.js';
import { findCode } from '../discounts/promotionCodes.js';
import type { StoredSession } from '../store/kinds.js';
import type { Turn } from '../turn.js';
import { priced } from './priced.js';
import { judgeTotal } from './sessionLines.js';

/**
 * Reckons an open session anew with the code's discount; an empty text takes the discount off again.
 *
 * @returns whether the session is now as was asked; it stays as it was when the code cannot be used.
 */
export function enterCode(turn: Turn, sessionId: string, written: string): boolean {
  const session = turn.draft.get('checkout.session', sessionId);
  const plan = turn.draft.get('checkout_plan', sessionId);
  if (session?.status !== 'open' || !session.allow_promotion_codes || !plan) return false;
  try {
    const { lines, ...price } = priced(plan.lines, written === '' ? null : findDiscount(turn, session, written));
    judgeTotal(price.amount_total, session.currency ?? '');
    turn.draft.put('checkout_plan', { ...plan, lines });
    turn.draft.put('checkout.session', { ...session, ...price });
    return true;
  } catch (error) {
    if (error instanceof ApiFault) return false;
    throw error;
  }
}

function findDiscount(turn: Turn, { customer, currency, amount_subtotal: subtotal }: StoredSession, written: string): Discount {
  const id = findCode(turn, written, customer)?.id ?? written;
  return chooseDiscount(turn, { promotion_code: id }, { customer, currency: currency ?? '', subtotal: subtotal ?? 0 }, 'code');
}
