import { useTranslation } from 'react-i18next';
import { useRouteQuery } from '../../api/useRoute.js';
import { prices } from '../../../shared/contracts/memberships/prices.js';
import { tiers } from '../../../shared/contracts/tiers.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { Section } from '../../ui/PageFrame.js';
import { CardsSkeleton } from '../../ui/Skeletons.js';
import { EarlierPrices } from './EarlierPrices.js';
import { TierList } from './TierList.js';

/** The tiers of the house, what each opens, and what it costs. */
export function TiersTab() {
  const { t } = useTranslation('desk');
  const tierList = useRouteQuery(tiers.list, {});
  const priceList = useRouteQuery(prices.list, {}, { staleTime: 0 });
  const error = tierList.error ?? priceList.error;
  if (error) return <ErrorNote error={error} retry={() => void Promise.all([tierList.refetch(), priceList.refetch()])} />;
  if (!tierList.data || !priceList.data) return <CardsSkeleton />;
  return (
    <>
      <TierList tiers={tierList.data} prices={priceList.data} />
      <Section title={t('prices.earlier')}><EarlierPrices prices={priceList.data} tiers={tierList.data} /></Section>
    </>
  );
}
