/** Refunds in plain words: what was promised, and what became of one. */
import { useTranslation } from 'react-i18next';
import type { OrderView } from '../../shared/contracts/tickets.js';
import { refundMoments, type RefundRules, type RefundState, type RefundView } from '../../shared/refunds.js';
import { useFormat } from '../ui/format.js';

/** What the rules of a sale promise, in one sentence; null where there are none. */
export function useRefundPromise(): (rules: RefundRules | null, startsAt: string) => string | null {
  const { t } = useTranslation('refunds');
  const format = useFormat();
  return (rules, startsAt) => {
    if (!rules) return null;
    const { fullUntil, partialUntil } = refundMoments(rules, new Date(startsAt));
    const full = format.dateTime(fullUntil);
    return rules.partial && partialUntil ? t('promise.part', { full, percent: rules.partial.percent, part: format.dateTime(partialUntil) }) : t('promise', { full });
  };
}

/** A refund as a line of its order's receipt: what it is, and how much, when and why. */
export function useRefundRow({ price }: OrderView): (refund: RefundView) => [name: string, value: string] {
  const { t } = useTranslation('refunds');
  const format = useFormat();
  return ({ amount, askedAt, reason, keepsSeat, state }) => {
    const states: Record<RefundState, string> = { asked: t('state.asked'), accepted: t('state.accepted'), asks_buyer: t('state.asksBuyer'), done: t('state.done'), failed: t('state.failed') };
    const what = amount === 0 ? format.dateTime(askedAt) : `${format.money({ ...price, amount })} · ${format.dateTime(askedAt)}`;
    return [t('receipt.refund', { state: states[state] }), [what, reason, keepsSeat ? t('receipt.keeps') : ''].filter(Boolean).join('\n')];
  };
}
