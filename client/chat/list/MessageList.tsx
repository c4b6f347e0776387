import { Button } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso';
import type { PersonView } from '../../../shared/contracts/members.js';
import { Announcer } from './Announcer.js';
import { MessageRow } from './MessageRow.js';
import type { Pending } from '../outbox.js';
import { listEntries, type Entry, type Timeline } from '../timeline.js';
import { atEndPx, useMarkRead, useMissed, useShowMine, useStayAtEnd } from './useListEnd.js';
import styles from './MessageList.module.css';

export interface MessageListProps {
  roomId: string;
  timeline: Timeline;
  pendings: readonly Pending[];
  me: PersonView;
  /** Up to where the room was read when it was opened. */
  readBefore: number | null;
  loadOlder: () => void;
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

/** The first `seq` of each page loaded so far: what began a page goes on looking like a beginning. */
function usePages(first: number): ReadonlySet<number> {
  const [pages, setPages] = useState<ReadonlySet<number>>(new Set());
  useEffect(() => setPages((before) => new Set(before).add(first)), [first]);
  return pages;
}

interface RowContext {
  entries: readonly Entry<Pending>[];
  /** The index of the first entry. */
  first: number;
  firstNew: number | undefined;
  /** The first `seq` of each page that was loaded. */
  pages: ReadonlySet<number>;
  hasOlder: boolean;
  me: PersonView;
}

function showRow(index: number, entry: Entry<Pending>, { entries, first, firstNew, pages, hasOlder, me }: RowContext) {
  const seq = entry.kind === 'stored' ? entry.message.seq : null;
  return (
    <MessageRow
      entry={entry}
      previous={entries[index - first - 1]}
      me={me}
      isFirstNew={seq !== null && seq === firstNew}
      opensPage={seq !== null && pages.has(seq)}
      isVeryFirst={index === first && !hasOlder}
    />
  );
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
  useShowMine(list, pendings.at(-1)?.clientMessageId);
  const firstNew = useFirstNew(timeline.messages, readBefore, me.id);
  // `seq` rises without gaps, so it serves as the index that keeps the place when older messages come in above.
  const first = timeline.messages[0]?.seq ?? (timeline.top ?? 0) + 1;

  const pages = usePages(first);

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
        context={{ entries, first, firstNew, pages, hasOlder: timeline.hasOlder, me }}
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
