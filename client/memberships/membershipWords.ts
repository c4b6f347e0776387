/** Where a membership stands and what happens next, in plain words. */
import { useTranslation } from 'react-i18next';
import type { MembershipView } from '../../shared/contracts/memberships/memberships.js';
import type { BadgeProps } from '../ui/Badge.js';
import { useFormat } from '../ui/format.js';
import { usePerInterval } from './offers/planWords.js';
import type { RunningMembership } from './useMine.js';

export interface MembershipWords {
  badge: { word: string; tone: NonNullable<BadgeProps['tone']> };
  text: string;
}

/** What the member is told of a membership, in a word and in a sentence or two. */
export function useMembershipWords(): (membership: MembershipView) => MembershipWords {
  const { t } = useTranslation('memberships');
  const format = useFormat();
  const running = useRunningWords();
  return (membership) => {
    if (membership.state === 'starting') return { badge: { word: t('badge.starting'), tone: 'plain' }, text: t('starting.text', { time: format.time(membership.expiresAt) }) };
    if (membership.state !== 'ended') return running(membership);
    const facts = { tier: membership.plan.tierName, when: format.date(membership.endedAt) };
    return { badge: { word: t('badge.ended'), tone: 'plain' }, text: t(`ended.${membership.reason}`, facts) };
  };
}

function useRunningWords(): (membership: RunningMembership) => MembershipWords {
  const { t } = useTranslation('memberships');
  const format = useFormat();
  const next = useNextWords();
  return (membership) => {
    if (membership.state === 'past_due') {
      return { badge: { word: t('badge.past_due'), tone: 'warn' }, text: t('pastDue.text', { owed: format.money(membership.owed), when: format.date(membership.graceUntil) }) };
    }
    if (membership.next.kind === 'ends') return { badge: { word: t('badge.ending', { when: format.date(membership.next.at) }), tone: 'warn' }, text: next(membership) };
    const badge = membership.state === 'trialing' ? { word: t('badge.trialing'), tone: 'accent' as const } : { word: t('badge.active'), tone: 'good' as const };
    return { badge, text: next(membership) };
  };
}

/** What happens next by itself. */
function useNextWords(): (membership: RunningMembership) => string {
  const { t } = useTranslation('memberships');
  const format = useFormat();
  const perInterval = usePerInterval();
  return ({ state, plan, next }) => {
    const when = format.date(next.at);
    if (next.kind === 'changes') return t('changes', { when, tier: next.plan.tierName, price: perInterval(next.plan.price, next.plan.interval), now: plan.tierName });
    if (next.kind === 'ends') return state === 'trialing' ? t('trial.ends', { when }) : t('active.ends', { when });
    const price = perInterval(next.price, plan.interval);
    return state === 'trialing' ? t('trial.renews', { when, price }) : t('active.renews', { when, price });
  };
}
