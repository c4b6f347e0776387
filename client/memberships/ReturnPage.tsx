import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { membershipPages, type MembershipView } from '../../shared/contracts/memberships/memberships.js';
import { Badge } from '../ui/Badge.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { PageFrame } from '../ui/PageFrame.js';
import { PageSkeleton } from '../ui/Skeletons.js';
import { TestModeBand } from '../ui/TestModeBand.js';
import { useMembershipWords } from './membershipWords.js';
import { isRunning, useMembership } from './useMine.js';
import styles from './memberships.module.css';

/** `/memberships/:membershipId`: where the checkout returns to. It grants nothing; it says what is true and what happens next. */
export function ReturnPage() {
  const { t } = useTranslation('memberships');
  const { membershipId = '' } = useParams();
  const membership = useMembership(membershipId);
  return (
    <PageFrame title={t('return.title')} back={membershipPages.mine} backAlways width="reading">
      <TestModeBand inPage />
      {membership.data ? <Told membership={membership.data} /> : membership.isPending ? <PageSkeleton /> : <ErrorNote error={membership.error} retry={() => void membership.refetch()} />}
    </PageFrame>
  );
}

function Told({ membership }: { membership: MembershipView }) {
  const { t } = useTranslation('memberships');
  const { badge, text } = useMembershipWords()(membership);
  const title = useTitle(membership);
  return (
    <section className={styles['state']} aria-live="polite" data-state={membership.state}>
      <p><Badge tone={badge.tone}>{badge.word}</Badge></p>
      <h2>{title}</h2>
      <p>{text}</p>
      {membership.state === 'starting' && <p className="meta">{t('starting.wait')}</p>}
      <div className={styles['ways']}>
        {membership.state === 'starting' && membership.checkoutUrl !== null && <Button component="a" href={membership.checkoutUrl} size="md">{t('starting.pay')}</Button>}
        {isRunning(membership) && <Button component={Link} to="/rooms" size="md">{t('welcome.rooms')}</Button>}
        <Button component={Link} to={membershipPages.mine} size="md" variant={membership.state === 'ended' ? 'filled' : 'default'}>{membership.state === 'ended' ? t('ended.choose') : t('welcome.mine')}</Button>
      </div>
    </section>
  );
}

function useTitle(membership: MembershipView): string {
  const { t } = useTranslation('memberships');
  const { plan: { tierName: tier } } = membership;
  if (membership.state === 'ended') return membership.reason === 'not_completed' || membership.reason === 'trial_used' ? t('return.ended') : t('return.over');
  return { starting: t('return.starting'), trialing: t('welcome.trialing', { tier }), active: t('welcome.active', { tier }), past_due: t('return.pastDue') }[membership.state];
}
