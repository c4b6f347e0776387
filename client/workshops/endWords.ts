import { useTranslation } from 'react-i18next';
import type { EndReason } from '../../shared/contracts/rights.js';

/** Why a right to a workshop has ended, in a sentence. */
export function useEndWords(): (reason: EndReason) => string {
  const { t } = useTranslation('workshops');
  return (reason) => {
    const words: Record<EndReason, string> = {
      refunded: t('ended.refunded'),
      disputed: t('ended.disputed'),
      withdrawn: t('ended.withdrawn'),
      ended_by_time: t('ended.byTime'),
      workshop_cancelled: t('ended.cancelled'),
      role_changed: t('ended.roleChanged'),
      banned: t('ended.banned'),
      payment_failed: t('ended.paymentFailed'),
      membership_ended: t('ended.membershipEnded'),
      tier_changed: t('ended.tierChanged'),
    };
    return words[reason];
  };
}
