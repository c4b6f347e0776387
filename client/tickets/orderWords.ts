/** An order's state in plain words: what it is, and what happens next. */
import { useTranslation } from 'react-i18next';
import type { OrderState, OrderView } from '../../shared/contracts/tickets.js';
import type { BadgeProps } from '../ui/Badge.js';
import { useFormat } from '../ui/format.js';

/** The state in a word or two, for a badge. */
export function useOrderBadge(): (order: OrderView) => { word: string; tone: NonNullable<BadgeProps['tone']> } {
  const { t } = useTranslation('tickets');
  return ({ state, refundAsks }) => {
    if (refundAsks) return { word: t('state.refundAsks'), tone: 'bad' };
    const badges = {
      open: { word: t('state.open'), tone: 'warn' },
      paid: { word: t('state.paid'), tone: 'good' },
      awaiting: { word: t('state.awaiting'), tone: 'warn' },
      expired: { word: t('state.expired'), tone: 'plain' },
      failed: { word: t('state.failed'), tone: 'bad' },
      disputed: { word: t('state.disputed'), tone: 'bad' },
      charged_back: { word: t('state.chargedBack'), tone: 'plain' },
      refunding: { word: t('state.refunding'), tone: 'warn' },
      refunded: { word: t('state.refunded'), tone: 'plain' },
      late: { word: t('state.late'), tone: 'bad' },
    } as const;
    return badges[state];
  };
}

/** The state in one sentence, for a list. */
export function useOrderLine(): (order: OrderView) => string {
  const { t } = useTranslation('tickets');
  const format = useFormat();
  return (order) => {
    if (order.refundAsks) return t('line.refundAsks');
    const lines: Record<OrderState, () => string> = {
      open: () => (order.holdUntil ? t('line.open', { time: format.time(order.holdUntil) }) : t('open.textNoHold')),
      paid: () => t('line.paid'),
      awaiting: () => t('line.awaiting'),
      expired: () => t('line.expired'),
      failed: () => t('line.failed'),
      disputed: () => t('line.disputed'),
      charged_back: () => t('line.chargedBack'),
      refunding: () => t('line.refunding'),
      refunded: () => t('line.refunded', { when: format.date(order.refundedAt ?? order.createdAt) }),
      late: () => t('line.late'),
    };
    return lines[order.state]();
  };
}
