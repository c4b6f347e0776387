import { useTranslation } from 'react-i18next';
import type { TierPriceRow } from '../../../shared/contracts/memberships/prices.js';
import type { TierView } from '../../../shared/contracts/tiers.js';
import { usePerInterval } from '../../memberships/offers/planWords.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { useFormat } from '../../ui/format.js';
import { DataTable, type Column } from '../table/DataTable.js';

/** Prices that are closed: newcomers are not offered them, and members who have one still pay it. */
export function EarlierPrices({ prices, tiers }: { prices: readonly TierPriceRow[]; tiers: readonly TierView[] }) {
  const { t } = useTranslation('desk');
  const format = useFormat();
  const perInterval = usePerInterval();
  const columns: Column<TierPriceRow>[] = [
    { name: t('prices.tier'), value: (row) => tiers.find(({ key }) => key === row.tierKey)?.name ?? row.tierKey },
    { name: t('prices.price'), value: (row) => perInterval(row.price, row.interval) },
    { name: t('prices.trialDays'), value: (row) => row.trialDays, isNumber: true },
    { name: t('prices.from'), value: (row) => row.createdAt, shown: (row) => format.date(row.createdAt) },
    { name: t('prices.until'), value: (row) => row.closedAt, shown: (row) => row.closedAt && format.date(row.closedAt) },
  ];
  return <DataTable name={t('prices.earlier')} rows={prices.filter(({ closedAt }) => closedAt !== null)} columns={columns} keyOf={(row) => row.id} none={<EmptyState title={t('prices.noneEarlier')} text={t('prices.noneEarlierText')} />} />;
}
