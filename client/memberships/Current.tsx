import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { MeView } from '../../shared/contracts/members.js';
import type { MembershipView } from '../../shared/contracts/memberships/memberships.js';
import { Badge } from '../ui/Badge.js';
import { CancelButton, ResumeButton } from './acts.js';
import { FixCardButton } from './FixCardButton.js';
import { useMembershipWords } from './membershipWords.js';
import { isRunning, type RunningMembership } from './useMine.js';
import styles from './memberships.module.css';

/** The membership one has, in plain words, with what can be done about it. */
export function Current({ me, membership }: { me: MeView; membership: MembershipView | null }) {
  const { t } = useTranslation(['memberships', 'common']);
  return (
    <section className={styles['state']} aria-label={t('mine')} aria-live="polite" data-state={membership?.state ?? 'none'}>
      {membership === null ? <NoneYet me={me} /> : <Standing me={me} membership={membership} />}
      <Link to="/why" className={styles['doors']}>{t('common:door.all')}</Link>
    </section>
  );
}

function NoneYet({ me }: { me: MeView }) {
  const { t } = useTranslation('memberships');
  return (
    <>
      <h2>{t('none.title', { tier: me.tier.name })}</h2>
      <p>{me.tier.rank > 0 ? t('gift.text') : t('none.text')}</p>
    </>
  );
}

function Standing({ me, membership }: { me: MeView; membership: MembershipView }) {
  const { t } = useTranslation('memberships');
  const { badge, text } = useMembershipWords()(membership);
  const isOver = membership.state === 'ended';
  return (
    <>
      <p><Badge tone={badge.tone}>{badge.word}</Badge></p>
      <h2>{membership.state === 'starting' ? t('starting.title') : isOver ? t('none.title', { tier: me.tier.name }) : membership.plan.tierName}</h2>
      <p>{text}</p>
      {isOver && <p>{t('ended.back')}</p>}
      {membership.state === 'starting' && <p className="meta">{t('starting.wait')}</p>}
      <div className={styles['ways']}>
        {membership.state === 'starting' && membership.checkoutUrl !== null && <Button component="a" href={membership.checkoutUrl} size="md">{t('starting.pay')}</Button>}
        {isRunning(membership) && <Ways running={membership} />}
      </div>
    </>
  );
}

function Ways({ running }: { running: RunningMembership }) {
  return (
    <>
      {running.state === 'past_due' && <FixCardButton />}
      {running.next.kind === 'renews' ? <CancelButton running={running} /> : <ResumeButton running={running} />}
      {running.next.kind === 'changes' && <CancelButton running={running} />}
    </>
  );
}
