import { memo, useId, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonView } from '../../../shared/contracts/members.js';
import type { QuoteView } from '../../../shared/contracts/messages.js';
import { Avatar } from '../../ui/Avatar.js';
import { Badge } from '../../ui/Badge.js';
import { useFormat } from '../../ui/format.js';
import { useConversation } from '../acts/conversation.js';
import type { Entry } from '../entries.js';
import type { Pending } from '../outbox.js';
import { MessageText } from '../text/MessageText.js';
import { PendingNote } from './PendingNote.js';
import { ReplyQuote } from './ReplyQuote.js';
import { RowActions } from './RowActions.js';
import { authorOf, calledBy, follows, isSameDay, timeOf } from './rowEntry.js';
import { StoredBody } from './StoredBody.js';
import { useName } from './useName.js';
import { useRowPlace } from './useRowPlace.js';
import styles from './MessageRow.module.css';

function DayLine({ children, isNew = false }: { children: ReactNode; isNew?: boolean }) {
  return (
    <div className={styles['line']} data-new={isNew}>
      <span>{children}</span>
    </div>
  );
}

function Head({ author, time }: { author: PersonView; time: ReactNode }) {
  const { t } = useTranslation('common');
  const name = useName();
  return (
    <p className={styles['head']}>
      <span className={styles['name']}>{name(author)}</span>
      {author.role !== 'member' && <Badge tone="accent">{t(`role.${author.role}`)}</Badge>}
      {time}
    </p>
  );
}

function PendingBody({ pending, myId }: { pending: Pending; myId: string }) {
  const called = useMemo(() => calledBy(pending), [pending]);
  return (
    <>
      <MessageText text={pending.text} mentions={called} myId={myId} />
      <PendingNote pending={pending} />
    </>
  );
}

export interface MessageRowProps {
  entry: Entry<Pending>;
  previous: Entry<Pending> | undefined;
  /** What it answers, as that is now. */
  quote: QuoteView | null;
  /** What I reacted to it with. */
  mine: readonly string[];
  /** This is the first message since the reader was here. */
  isFirstNew: boolean;
  /** It begins a page that was loaded by itself; it keeps its name when the page above comes, so that nothing moves. */
  opensPage: boolean;
  /** Nothing was said before it. */
  isVeryFirst: boolean;
  /** It was jumped to. */
  isTarget: boolean;
}

/** One message, under a name of its own or beneath the one before, with the day's line where a day begins. */
export const MessageRow = memo(function MessageRow({ entry, previous, quote, mine, isFirstNew, opensPage, isVeryFirst, isTarget }: MessageRowProps) {
  const { t } = useTranslation('chat');
  const { me } = useConversation();
  const format = useFormat();
  const name = useName();
  const { props, isActive } = useRowPlace(entry);
  const wordsId = useId();
  const author = authorOf(entry, me);
  const at = timeOf(entry);
  const opensDay = previous === undefined ? isVeryFirst : !isSameDay(timeOf(previous), at);
  const opensGroup = !follows(entry, previous, me) || isFirstNew || opensPage;
  const time = (
    <time dateTime={new Date(at).toISOString()} title={format.dateTime(at)} className={styles['time']}>
      {format.time(at)}
    </time>
  );
  return (
    <div className={styles['row']}>
      {opensDay && <DayLine>{format.day(at)}</DayLine>}
      {isFirstNew && <DayLine isNew>{t('newSince')}</DayLine>}
      <article {...props} className={styles['message']} data-opens={opensGroup} data-pending={entry.kind === 'pending'} data-target={isTarget} data-active={isActive} aria-label={`${name(author)}, ${format.time(at)}`} aria-describedby={wordsId}>
        {opensGroup ? <Avatar person={author} /> : <span className={styles['gutter']}>{time}</span>}
        <div className={styles['body']}>
          {quote !== null && <ReplyQuote quote={quote} />}
          {opensGroup && <Head author={author} time={time} />}
          <div id={wordsId}>{entry.kind === 'stored' ? <StoredBody message={entry.message} mine={mine} /> : <PendingBody pending={entry.pending} myId={me.id} />}</div>
        </div>
        {entry.kind === 'stored' && isActive && <RowActions message={entry.message} mine={mine} />}
      </article>
    </div>
  );
});
