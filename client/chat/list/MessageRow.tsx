import { Button } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonView } from '../../../shared/contracts/members.js';
import { Avatar } from '../../ui/Avatar.js';
import { Badge } from '../../ui/Badge.js';
import { useFailureWords } from '../../ui/ErrorNote.js';
import { useFormat } from '../../ui/format.js';
import { MessageText } from '../text/MessageText.js';
import { discard, sendAgain, type Pending } from '../outbox.js';
import type { Entry } from '../timeline.js';
import styles from './MessageRow.module.css';

/** Messages of one author within this span stand under one name. */
const groupMs = 5 * 60_000;
const nobody = { people: [], room: false, tierKeys: [] };

function authorOf(entry: Entry<Pending>, me: PersonView): PersonView {
  return entry.kind === 'stored' ? entry.message.author : me;
}

function timeOf(entry: Entry<Pending>): number {
  return entry.kind === 'stored' ? Date.parse(entry.message.sentAt) : entry.pending.writtenAt;
}

function isSameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

function DayLine({ children, isNew = false }: { children: ReactNode; isNew?: boolean }) {
  return (
    <div className={styles['line']} data-new={isNew}>
      <span>{children}</span>
    </div>
  );
}

function PendingNote({ pending }: { pending: Pending }) {
  const { t } = useTranslation('chat');
  const words = useFailureWords();
  if (pending.refusal === null) {
    return (
      <span className={styles['sending']}>
        <IconClock size={13} aria-hidden="true" /> {t('sending')}
      </span>
    );
  }
  return (
    <div role="alert" className={styles['refused']}>
      <span>
        {t('notSent')} {words(pending.refusal)}
      </span>
      <Button size="compact-xs" variant="light" color="bad" onClick={() => sendAgain(pending.clientMessageId)}>
        {t('tryAgain')}
      </Button>
      <Button size="compact-xs" variant="subtle" color="gray" onClick={() => discard(pending.clientMessageId)}>
        {t('discard')}
      </Button>
    </div>
  );
}

export interface MessageRowProps {
  entry: Entry<Pending>;
  previous: Entry<Pending> | undefined;
  me: PersonView;
  /** This is the first message since the reader was here. */
  isFirstNew: boolean;
  /** It begins a page that was loaded by itself; it keeps its name when the page above comes, so that nothing moves. */
  opensPage: boolean;
  /** Nothing was said before it. */
  isVeryFirst: boolean;
}

/** One message, under a name of its own or beneath the one before, with the day's line where a day begins. */
export const MessageRow = memo(function MessageRow({ entry, previous, me, isFirstNew, opensPage, isVeryFirst }: MessageRowProps) {
  const { t } = useTranslation(['chat', 'common']);
  const format = useFormat();
  const author = authorOf(entry, me);
  const at = timeOf(entry);
  const opensDay = previous === undefined ? isVeryFirst : !isSameDay(timeOf(previous), at);
  const follows = previous !== undefined && authorOf(previous, me).id === author.id && at - timeOf(previous) <= groupMs;
  const opensGroup = !follows || opensDay || isFirstNew || opensPage;
  const text = entry.kind === 'stored' ? entry.message.text : entry.pending.text;
  const time = (
    <time dateTime={new Date(at).toISOString()} title={format.dateTime(at)} className={styles['time']}>
      {format.time(at)}
    </time>
  );
  return (
    <div className={styles['row']}>
      {opensDay && <DayLine>{format.day(at)}</DayLine>}
      {isFirstNew && <DayLine isNew>{t('chat:newSince')}</DayLine>}
      <article className={styles['message']} data-opens={opensGroup} data-pending={entry.kind === 'pending'} aria-label={`${author.name}, ${format.time(at)}`}>
        {opensGroup ? <Avatar person={author} /> : <span className={styles['gutter']}>{time}</span>}
        <div className={styles['body']}>
          {opensGroup && (
            <p className={styles['head']}>
              <span className={styles['name']}>{author.name}</span>
              {author.role !== 'member' && <Badge tone="accent">{t(`common:role.${author.role}`)}</Badge>}
              {time}
            </p>
          )}
          <MessageText text={text} mentions={entry.kind === 'stored' ? entry.message.mentions : nobody} myId={me.id} />
          {entry.kind === 'pending' && <PendingNote pending={entry.pending} />}
        </div>
      </article>
    </div>
  );
});
