import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { membershipPages } from '../../shared/contracts/memberships/memberships.js';
import { useSession } from '../api/session.js';
import { Badge } from '../ui/Badge.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { Section } from '../ui/PageFrame.js';
import { RowsSkeleton } from '../ui/Skeletons.js';
import { useMembershipWords } from './membershipWords.js';
import { useMine } from './useMine.js';
import styles from './memberships.module.css';

/** The membership in a line or two, beside one's tickets, and the way to all about it. */
export function MembershipSection() {
  const { t } = useTranslation('memberships');
  const { me } = useSession();
  const mine = useMine();
  const words = useMembershipWords();
  if (mine.isPending) return <RowsSkeleton count={1} height={96} />;
  const membership = mine.data?.membership ?? null;
  const told = membership && words(membership);
  return (
    <Section title={t('mine')}>
      <ErrorNote error={mine.error} retry={() => void mine.refetch()} />
      <div className={styles['row']}>
        <p><b>{(membership && membership.state !== 'ended' ? membership.plan.tierName : me?.tier.name) ?? ''}</b> {told && <Badge tone={told.badge.tone}>{told.badge.word}</Badge>}</p>
        {told ? <p>{told.text}</p> : me && me.tier.rank > 0 && <p>{t('gift.text')}</p>}
        <Button component={Link} to={membershipPages.mine} variant="default">{membership && membership.state !== 'ended' ? t('section.see') : t('section.choose')}</Button>
      </div>
    </Section>
  );
}
