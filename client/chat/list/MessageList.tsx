import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState, type MouseEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Virtuoso, type FlatIndexLocationWithAlign, type VirtuosoHandle } from 'react-virtuoso';
import { useConversation } from '../acts/conversation.js';
import { listEntries, type Entry } from '../entries.js';
import type { Pending } from '../outbox.js';
import { MessageRow } from '../row/MessageRow.js';
import { quoteOf } from '../row/rowEntry.js';
import type { Target } from '../session/timelineState.js';
import { messageAt, quoteNow, type Timeline } from '../timeline.js';
import { Announcer } from './Announcer.js';
import { atEndPx, useMissed, useShowMine, useTellRead } from './useListEnd.js';
import { useKeepPlace } from './useKeepPlace.js';
import { useRoving } from './useRoving.js';
import { useTarget } from './useTarget.js';
import styles from './MessageList.module.css';

export interface MessageListProps {
  timeline: Timeline;
  pendings: readonly Pending[];
  /** Up to where it was read when the reader came to it. */
  readBefore: number | null;
  /** Up to here the reader's own messages are new too: they marked them unread. */
  ownUntil: number;
  /** The message to show and to mark. */
  target: Target | null;
  loadOlder: () => void;
  loadNewer: () => void;
  toLatest: () => void;
  /** What stands above the very first message: in a thread, what it hangs from. */
  header?: ReactNode;
  /** Everything up to this `seq` was before somebody's eyes. */
  tellRead: (seq: number) => void;
}

/** The first message of others, or of mine that I marked unread, that came after it was last read; undefined where nothing did, or it never was. */
function useFirstNew({ timeline: { messages }, readBefore, ownUntil }: Pick<MessageListProps, 'timeline' | 'readBefore' | 'ownUntil'>, myId: string): number | undefined {
  return useMemo(() => {
    if (readBefore === null) return undefined;
    return messages.find((message) => message.seq > readBefore && (message.author.id !== myId || message.seq <= ownUntil))?.seq;
  }, [messages, readBefore, ownUntil, myId]);
}

const keyOf = (_: number, entry: Entry<Pending>): string => entry.key;
const followAtEnd = (isAtEnd: boolean): 'auto' | false => (isAtEnd ? 'auto' : false);
const dress = { className: styles['list'], role: 'log', 'aria-live': 'off', tabIndex: -1, increaseViewportBy: { top: 800, bottom: 400 } } as const;
const none: readonly string[] = [];
const toEnd = { index: 'LAST', align: 'end' } as const;

/** The first `seq` of each page loaded so far: what began a page goes on looking like a beginning. */
function usePages(first: number): ReadonlySet<number> {
  const [pages, setPages] = useState<ReadonlySet<number>>(new Set());
  useEffect(() => setPages((before) => new Set(before).add(first)), [first]);
  return pages;
}

interface RowContext {
  entries: readonly Entry<Pending>[];
  timeline: Timeline;
  /** The index of the first entry. */
  first: number;
  firstNew: number | undefined;
  /** The first `seq` of each page that was loaded. */
  pages: ReadonlySet<number>;
  target: number | null;
  header: ReactNode;
}

const parts = { Header: ({ context }: { context?: RowContext }) => context?.header ?? null };

function showRow(index: number, entry: Entry<Pending>, { entries, timeline, first, firstNew, pages, target, header }: RowContext) {
  const message = entry.kind === 'stored' ? entry.message : null;
  const quote = quoteOf(entry);
  return (
    <MessageRow
      entry={entry}
      previous={entries[index - first - 1]}
      quote={quote && quoteNow(timeline, quote)}
      mine={(message && timeline.mine.get(message.id)?.emojis) ?? none}
      isFirstNew={message !== null && message.seq === firstNew}
      opensPage={message !== null && pages.has(message.seq)}
      isVeryFirst={index === first && !timeline.hasOlder && header === null}
      isTarget={message !== null && message.seq === target}
    />
  );
}

/** The way back to the live end, with how much came there since it was left. */
function JumpButton({ latest, atEnd, jump }: { latest: number; atEnd: boolean; jump: () => void }) {
  const { t } = useTranslation('chat');
  const { write } = useConversation();
  const missed = useMissed(latest, atEnd);
  if (atEnd) return null;
  const onClick = ({ detail }: MouseEvent): void => {
    jump();
    // Pressed by a key it goes, and would take the keyboard with it.
    if (detail === 0) write();
  };
  return (
    <Button className={styles['jump']} size="xs" variant="default" rightSection={<IconArrowDown size={15} />} onClick={onClick}>
      {missed > 0 ? t('jumpCount', { count: missed }) : t('jump')}
    </Button>
  );
}

/** Where a list begins: at the message that was jumped to, else at its end. */
function beginning(timeline: Timeline, target: Target | null, first: number): FlatIndexLocationWithAlign {
  const isHeld = target !== null && messageAt(timeline, target.seq) !== undefined;
  return isHeld ? { index: target.seq - first, align: 'center' } : { index: 'LAST', align: 'end' };
}

/** Whether the stretch was live before this drawing: a page that makes it live is read from its beginning, not from its end. */
function useWasLive(isLive: boolean): boolean {
  const [wasLive, setWasLive] = useState(isLive);
  useEffect(() => setWasLive(isLive), [isLive]);
  return wasLive && isLive;
}

/** What a row is drawn from besides its entry. */
function useRows(props: MessageListProps, myId: string): RowContext {
  const { timeline, pendings, target, header = null } = props;
  const entries = useMemo(() => listEntries(timeline, pendings, myId), [timeline, pendings, myId]);
  // `seq` rises without gaps, so it serves as the index that keeps the place when older messages come in above.
  const first = timeline.messages[0]?.seq ?? (timeline.top ?? 0) + 1;
  const firstNew = useFirstNew(props, myId);
  const pages = usePages(first);
  return { entries, timeline, first, firstNew, pages, target: target?.seq ?? null, header: timeline.hasOlder ? null : header };
}

/** The conversation's list: virtualized, kept in place while pages load above and below, following the live end while one is there. */
function Stretch(props: MessageListProps) {
  const { timeline, pendings, target, loadOlder, loadNewer, toLatest, tellRead } = props;
  const { t } = useTranslation('chat');
  const { me } = useConversation();
  const [place, list] = [useRef<HTMLDivElement>(null), useRef<VirtuosoHandle>(null)];
  const [isAtBottom, setAtBottom] = useState(target === null);
  const atEnd = isAtBottom && timeline.isLive;
  const rows = useRows(props, me.id);
  useTellRead(timeline.top, atEnd, tellRead);
  useShowMine(list, pendings.at(-1)?.clientMessageId);
  useTarget(place, list, target, rows);
  const { onKeyDown, onRange } = useRoving(place, list, rows.entries, rows.first);

  return (
    <div className={styles['place']} ref={place} onKeyDown={onKeyDown} role="presentation">
      <Virtuoso<Entry<Pending>, RowContext>
        ref={list}
        scrollerRef={useKeepPlace({ isLive: timeline.isLive, first: rows.first, target })}
        {...dress}
        aria-label={t('messages')}
        data={rows.entries}
        context={rows}
        firstItemIndex={rows.first}
        initialTopMostItemIndex={beginning(timeline, target, rows.first)}
        computeItemKey={keyOf}
        itemContent={showRow}
        components={parts}
        alignToBottom={(props.header ?? null) === null}
        atBottomThreshold={atEndPx}
        atBottomStateChange={setAtBottom}
        followOutput={useWasLive(timeline.isLive) ? followAtEnd : false}
        startReached={loadOlder}
        endReached={loadNewer}
        rangeChanged={onRange}
      />
      <JumpButton latest={timeline.latest} atEnd={atEnd} jump={() => (timeline.isLive ? list.current?.scrollToIndex(toEnd) : toLatest())} />
    </div>
  );
}

/** What is said in a timeline. Another stretch of it is another list, which begins where it is to be read. */
export function MessageList(props: MessageListProps) {
  const { me } = useConversation();
  return (
    <>
      <Stretch key={props.timeline.stretch} {...props} />
      <Announcer timeline={props.timeline} myId={me.id} />
    </>
  );
}
