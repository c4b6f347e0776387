import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso';
import type { PersonView } from '../../../shared/contracts/members.js';
import { Announcer } from './Announcer.js';
import { markRead } from '../lastRead.js';
import { MessageRow } from './MessageRow.js';
import type { Pending } from '../outbox.js';
import { listEntries, type Entry, type Timeline } from '../timeline.js';
import styles from './MessageList.module.css';

/** Nearer to the end than this (px) counts as being there. */
const atEndPx = 120;

export interface MessageListProps {
  roomId: string;
  timeline: Timeline;
  pendings: readonly Pending[];
  me: PersonView;
  /** Up to where the room was read when it was opened. */
  readBefore: number | null;
  loadOlder: () => void;
}

/** Marks the room as read up to its newest message while the end of the list is before somebody's eyes. */
function useMarkRead(roomId: string, top: number | null, atEnd: boolean): void {
  useEffect(() => {
    const mark = (): void => {
      if (atEnd && top !== null && document.visibilityState === 'visible') markRead(roomId, top);
    };
    mark();
    document.addEventListener('visibilitychange', mark);
    return () => document.removeEventListener('visibilitychange', mark);
  }, [roomId, top, atEnd]);
}

/** Keeps the end in sight while one is there, whatever grows or shrinks: a picture that loads, a keyboard that opens. */
function useStayAtEnd(): (scroller: HTMLElement | Window | null) => void {
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  useEffect(() => {
    if (scroller === null) return;
    let atEnd = true;
    const look = (): void => {
      atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < atEndPx;
    };
    const sizes = new ResizeObserver(() => {
      if (atEnd) scroller.scrollTop = scroller.scrollHeight;
    });
    scroller.addEventListener('scroll', look, { passive: true });
    for (const watched of [scroller, scroller.firstElementChild]) if (watched !== null) sizes.observe(watched);
    return () => {
      scroller.removeEventListener('scroll', look);
      sizes.disconnect();
    };
  }, [scroller]);
  return useCallback((found) => setScroller(found instanceof HTMLElement ? found : null), []);
}

/** How many messages came since the reader left the end of the list. */
function useMissed(top: number | null, atEnd: boolean): number {
  const [leftAt, setLeftAt] = useState<number | null>(null);
  useEffect(() => {
    setLeftAt((before) => (atEnd ? null : (before ?? top)));
  }, [atEnd, top]);
  return leftAt === null || top === null ? 0 : top - leftAt;
}

/** The first message of others that came after the room was last read; undefined where nothing did, or it never was. */
function useFirstNew(messages: Timeline['messages'], readBefore: number | null, myId: string): number | undefined {
  return useMemo(() => {
    if (readBefore === null) return undefined;
    return messages.find((message) => message.seq > readBefore && message.author.id !== myId)?.seq;
  }, [messages, readBefore, myId]);
}

const keyOf = (_: number, entry: Entry<Pending>): string => entry.key;
const followAtEnd = (isAtEnd: boolean): 'auto' | false => (isAtEnd ? 'auto' : false);

interface RowContext {
  entries: readonly Entry<Pending>[];
  /** The index of the first entry. */
  first: number;
  firstNew: number | undefined;
  me: PersonView;
}

function showRow(index: number, entry: Entry<Pending>, { entries, first, firstNew, me }: RowContext) {
  const isFirstNew = entry.kind === 'stored' && entry.message.seq === firstNew;
  return <MessageRow entry={entry} previous={entries[index - first - 1]} me={me} isFirstNew={isFirstNew} />;
}

function JumpButton({ missed, jump }: { missed: number; jump: () => void }) {
  const { t } = useTranslation('chat');
  return (
    <Button className={styles['jump']} size="xs" variant="default" rightSection={<IconArrowDown size={15} />} onClick={jump}>
      {missed > 0 ? t('jumpCount', { count: missed }) : t('jump')}
    </Button>
  );
}

/** The conversation: virtualized, kept in place while older messages load above, following the end while one is there. */
export function MessageList({ roomId, timeline, pendings, me, readBefore, loadOlder }: MessageListProps) {
  const { t } = useTranslation('chat');
  const list = useRef<VirtuosoHandle>(null);
  const [atEnd, setAtEnd] = useState(true);
  const missed = useMissed(timeline.top, atEnd);
  useMarkRead(roomId, timeline.top, atEnd);
  const entries = useMemo(() => listEntries(timeline, pendings, me.id), [timeline, pendings, me.id]);
  const stayAtEnd = useStayAtEnd();
  const firstNew = useFirstNew(timeline.messages, readBefore, me.id);
  // `seq` rises without gaps, so it serves as the index that keeps the place when older messages come in above.
  const first = timeline.messages[0]?.seq ?? (timeline.top ?? 0) + 1;

  // What I write is always shown to me, wherever I was reading.
  const newest = pendings.at(-1)?.clientMessageId;
  useEffect(() => {
    if (newest !== undefined) requestAnimationFrame(() => list.current?.scrollToIndex({ index: 'LAST', align: 'end' }));
  }, [newest]);

  return (
    <div className={styles['place']}>
      <Virtuoso<Entry<Pending>, RowContext>
        key={timeline.begunWith}
        ref={list}
        scrollerRef={stayAtEnd}
        className={styles['list']}
        role="log"
        aria-label={t('messages')}
        aria-live="off"
        data={entries}
        context={{ entries, first, firstNew, me }}
        firstItemIndex={first}
        initialTopMostItemIndex={{ index: 'LAST', align: 'end' }}
        computeItemKey={keyOf}
        itemContent={showRow}
        alignToBottom
        atBottomThreshold={atEndPx}
        atBottomStateChange={setAtEnd}
        followOutput={followAtEnd}
        startReached={loadOlder}
        increaseViewportBy={{ top: 800, bottom: 400 }}
      />
      {!atEnd && <JumpButton missed={missed} jump={() => list.current?.scrollToIndex({ index: 'LAST', align: 'end' })} />}
      <Announcer timeline={timeline} myId={me.id} />
    </div>
  );
}
