import { Button } from '@mantine/core';
import { IconCalendarPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { calendarPath } from '../../shared/contracts/tickets/calendar.js';
import type { WorkshopFacts } from '../../shared/contracts/workshops.js';
import { useFormat } from '../ui/format.js';
import { useNow } from '../ui/useNow.js';

/** When it is, in one line: the reader's own zone first, then UTC, which is the same for everybody, hosts included. */
export function WhenLine({ workshop }: { workshop: WorkshopFacts }) {
  const { t, i18n } = useTranslation('workshops');
  const format = useFormat();
  const at = new Date(workshop.startsAt);
  const [local, zone] = [format.dateTime(at), format.zone(at)];
  const utc = new Intl.DateTimeFormat(i18n.language, { timeZone: 'UTC', hour: '2-digit', minute: '2-digit' }).format(at);
  return (
    <span className="tabular">
      <time dateTime={workshop.startsAt}>{at.getTimezoneOffset() === 0 ? t('when.lineUtc', { local, zone }) : t('when.line', { local, zone, utc })}</time>
      {' · '}
      {t('when.minutes', { count: workshop.minutes })}
    </span>
  );
}

/** How long until it starts, to the second in the last hour; afterwards, what became of it. */
export function Countdown({ workshop }: { workshop: WorkshopFacts }) {
  const { t } = useTranslation('workshops');
  const format = useFormat();
  const now = useNow(1_000);
  const seconds = Math.ceil((Date.parse(workshop.startsAt) - now) / 1_000);
  if (workshop.state === 'live') return <>{t('when.liveSince', { time: format.time(workshop.liveAt ?? workshop.startsAt) })}</>;
  if (workshop.state === 'ended') return <>{t('when.endedAt', { when: format.dateTime(workshop.endedAt ?? workshop.startsAt) })}</>;
  if (workshop.state === 'cancelled') return <>{t('when.cancelled')}</>;
  if (seconds <= 0) return <>{t('when.anyMoment')}</>;
  if (seconds < 3_600) return <span className="tabular">{t('when.startsIn', { clock: format.clock(seconds) })}</span>;
  return <>{t('when.starts', { relative: format.relative(workshop.startsAt) })}</>;
}

/** Puts the workshop into the person's own calendar. */
export function AddToCalendar({ workshop }: { workshop: WorkshopFacts }) {
  const { t } = useTranslation('workshops');
  return (
    <Button component="a" href={calendarPath(workshop.id)} download variant="default" size="xs" leftSection={<IconCalendarPlus size={16} aria-hidden />}>
      {t('when.addToCalendar')}
    </Button>
  );
}
