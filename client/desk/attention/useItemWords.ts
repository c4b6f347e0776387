import { useTranslation } from 'react-i18next';
import type { AttentionItem } from '../../../shared/contracts/tickets/attention.js';
import { useFormat } from '../../ui/format.js';

/** What is wrong, and what that means for the person. */
export interface ItemWords {
  what: string;
  means: string;
}

/** Says an item in plain words. */
export function useItemWords(): (item: AttentionItem) => ItemWords {
  const { t } = useTranslation('attention');
  const format = useFormat();
  const refundMeans = ({ why, owed, until, buyer: { name } }: Extract<AttentionItem, { kind: 'refund_stuck' }>): string => {
    const amount = format.money(owed);
    if (why !== 'asks_buyer') return t(`refund_stuck.${why}.means`, { amount });
    return until ? t('refund_stuck.asks_buyer.until', { name, amount, until: format.dateTime(until) }) : t('refund_stuck.asks_buyer.means', { name, amount });
  };
  return (item) => {
    switch (item.kind) {
      case 'paid_without_right':
        return { what: t('paid_without_right', { name: item.buyer.name, title: item.title, amount: format.money(item.paid) }), means: t('paid_without_right.means') };
      case 'refund_stuck':
        return { what: t(`refund_stuck.${item.why}`, { name: item.buyer.name, title: item.title, amount: format.money(item.owed) }), means: refundMeans(item) };
      case 'dispute_due': {
        const what = t('dispute_due', { name: item.buyer.name, title: item.title, amount: format.money(item.amount), due: format.dateTime(item.dueAt) });
        return { what, means: item.stripeUrl === null ? t('dispute_due.sandbox') : t('dispute_due.means') };
      }
      case 'right_without_money': {
        const { person, right } = item;
        const what = right.kind === 'tier' ? t('right_without_money.tier', { name: person.name, tier: right.tierName }) : t('right_without_money.workshop', { name: person.name, title: right.title });
        return { what, means: t('right_without_money.means') };
      }
      case 'webhook_stuck':
        return { what: t('webhook_stuck', { name: item.person?.name ?? t('nobody'), type: item.type }), means: t('webhook_stuck.means', { count: item.tries }) };
      case 'unknown_payment':
        return { what: t('unknown_payment', { who: item.email ?? t('nobody'), amount: format.money(item.amount) }), means: t('unknown_payment.means') };
      case 'unknown_subscription':
        return { what: t('unknown_subscription', { who: item.email ?? t('nobody'), amount: format.money(item.price) }), means: t('unknown_subscription.means') };
      case 'seats_disagree':
        return { what: t('seats_disagree', { title: item.title, taken: item.taken, valid: item.valid }), means: t('seats_disagree.means') };
    }
  };
}
