import { useTranslation } from 'react-i18next';
import type { LedgerKind, LedgerStream } from '../../../shared/contracts/money/ledger.js';

/** What kinds of lines and streams of money are called. */
export function useMoneyWords(): { kinds: Record<LedgerKind, string>; streams: Record<LedgerStream, string> } {
  const { t } = useTranslation('desk');
  return {
    kinds: { charge: t('kind.charge'), refund: t('kind.refund'), dispute: t('kind.dispute'), fee: t('kind.fee') },
    streams: { subscription: t('stream.subscription'), pay_per_use: t('stream.pay_per_use'), partnership: t('stream.partnership') },
  };
}
