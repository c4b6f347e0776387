import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Timeline } from '../timeline.js';

/** A burst is told as a number: reading ten messages aloud at once helps nobody. */
const readAloudMax = 2;

/** Tells new messages of others to screen readers, politely; the list itself is too busy with scrolling to be a live region. */
export function Announcer({ timeline, myId }: { timeline: Timeline; myId: string }) {
  const { t } = useTranslation('chat');
  const [words, setWords] = useState('');
  const told = useRef<number | null>(null);
  useEffect(() => {
    const before = told.current;
    told.current = timeline.top;
    if (before === null) return;
    const fresh = timeline.messages.filter((message) => message.seq > before && message.author.id !== myId);
    if (fresh.length === 0) return;
    const spoken = fresh.map((message) => `${message.author.name}: ${message.text}`).join('\n');
    setWords(fresh.length > readAloudMax ? t('newMessages', { count: fresh.length }) : spoken);
  }, [timeline, myId, t]);
  return (
    <div className="unseen" role="status" aria-live="polite">
      {words}
    </div>
  );
}
