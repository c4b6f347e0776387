import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { community } from '../../shared/contracts/community.js';
import type { MeView } from '../../shared/contracts/members.js';
import type { MyMembership } from '../../shared/contracts/memberships/memberships.js';
import type { TierOffer } from '../../shared/contracts/tiers.js';
import { useSession } from '../api/session.js';
import { useRouteQuery } from '../api/useRoute.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { PageFrame, Section } from '../ui/PageFrame.js';
import { PageSkeleton } from '../ui/Skeletons.js';
import { TestModeBand } from '../ui/TestModeBand.js';
import { ChangeDialog } from './changing/ChangeDialog.js';
import { Chosen } from './Chosen.js';
import { Current } from './Current.js';
import { Invoices } from './Invoices.js';
import { Offers } from './offers/Offers.js';
import { isRunning, useMine } from './useMine.js';

/** `/membership`: what one has, what happens next, and every way to change it. */
export function MembershipPage() {
  const { t } = useTranslation('memberships');
  const { me } = useSession();
  const mine = useMine();
  const us = useRouteQuery(community.show, {});
  const error = mine.error ?? us.error;
  return (
    <PageFrame title={t('title')} width="page">
      <TestModeBand inPage />
      {me && mine.data && us.data ? <Mine me={me} mine={mine.data} tiers={us.data.tiers} /> : error ? <ErrorNote error={error} retry={() => void Promise.all([mine.refetch(), us.refetch()])} /> : <PageSkeleton />}
    </PageFrame>
  );
}

function Mine({ me, mine, tiers }: { me: MeView; mine: MyMembership; tiers: readonly TierOffer[] }) {
  const { t } = useTranslation('memberships');
  const [search, setSearch] = useSearchParams();
  const { membership, isTrialLeft } = mine;
  const wished = search.get('price');
  const offered = tiers.flatMap((tier) => tier.prices.map((price) => ({ tier, price })));
  const choice = offered.find(({ price }) => price.id === wished) ?? null;
  const choose = (priceId: string | null): void => setSearch(priceId === null ? {} : { price: priceId }, { replace: priceId === null, preventScrollReset: true });
  const running = isRunning(membership) ? membership : null;
  return (
    <>
      {choice && !running && <Chosen key={choice.price.id} choice={choice} isTrialLeft={isTrialLeft} onLeave={() => choose(null)} />}
      <Current me={me} membership={membership} />
      {offered.length > 0 && (
        <Section title={running ? t('others') : t('offers')}>
          <Offers tiers={tiers} running={running} isTrialLeft={isTrialLeft} onChoose={choose} />
        </Section>
      )}
      {membership && membership.state !== 'starting' && <Invoices />}
      {running && <ChangeDialog key={choice?.price.id} running={running} choice={choice} onClose={() => choose(null)} />}
    </>
  );
}
