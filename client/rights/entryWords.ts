/** A door's explanation in plain words: to whom it is about, or to an organizer about a member. */
import { useTranslation } from 'react-i18next';
import type { EntryGrant, EntryView } from '../../shared/contracts/rights/entry.js';
import type { MyRestriction } from '../../shared/contracts/moderation.js';
import { useFormat } from '../ui/format.js';

export interface EntryWords {
  title(view: EntryView): string;
  /** The one thing that decided. */
  cause(view: EntryView): string;
  grant(grant: EntryGrant): string;
  /** From when to when, and why it ended or will end. */
  span(grant: EntryGrant): string;
  restriction(restriction: MyRestriction): string;
}

/** @param isMine - the reader is whom it is about. */
export function useEntryWords(isMine: boolean): EntryWords {
  const { t } = useTranslation('rights');
  const format = useFormat();
  const placeName = ({ workshop, room }: EntryView): string => workshop?.title ?? `#${room.name}`;
  const reason = ({ reason: why }: EntryGrant): string => (why === null ? '' : t(`reason.${why}`));
  return {
    title: (view) => {
      const blanks = { place: placeName(view), name: view.member.name };
      if (isMine) return view.verdict.canEnter ? t('mine.may', blanks) : t('mine.mayNot', blanks);
      return view.verdict.canEnter ? t('of.may', blanks) : t('of.mayNot', blanks);
    },
    cause: (view) => {
      const { cause } = view.verdict;
      return t(`cause.${cause}`, { tier: view.tier.name, needed: view.neededTier?.name ?? '' });
    },
    grant: ({ source, tierName }) => t(`source.${source}`, { tier: tierName ?? '' }),
    span: (grant) => {
      const [from, to] = [format.dateTime(grant.startsAt), grant.endsAt === null ? '' : format.dateTime(grant.endsAt)];
      if (grant.state === 'ended') return t('span.ended', { from, to, reason: reason(grant) });
      if (grant.state === 'coming') return t('span.coming', { from });
      return to === '' ? t('span.live', { from }) : t('span.until', { from, to, reason: reason(grant) });
    },
    restriction: ({ kind, roomId, until, reason: why }) => {
      const where = roomId === null ? t('where.house') : t('where.here');
      const blanks = { where, reason: why };
      if (kind === 'timeout') return t('rule.timeout', { ...blanks, until: until === null ? '' : format.dateTime(until) });
      return until === null ? t('rule.ban', blanks) : t('rule.banUntil', { ...blanks, until: format.dateTime(until) });
    },
  };
}
