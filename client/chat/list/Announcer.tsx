import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseMarkdown } from '../text/parseMarkdown.js';
import { plainText } from '../text/pieces.js';
import type { Timeline } from '../timeline.js';

/** A burst is told as a number: reading ten messages aloud at once helps nobody. */
const readAloudMax = 2;

/** Tells new messages of others to screen readers, politely; the list itself is too busy with scrolling to be a live region. */
export function Announcer({ timeline, myId }: { timeline: Timeline; myId: string }) {
  const { t } = useTranslation('chat');
  const [said, setSaid] = useState({ words: '', times: 0 });
  const told = useRef<Timeline | null>(null);
  useEffect(() => {
    const before = told.current;
    told.current = timeline;
    // Pages that were asked for are read, not heard: only what comes to the live end is new.
    if (before === null || before.stretch !== timeline.stretch || !before.isLive || before.top === null) return;
    const { top } = before;
    const fresh = timeline.messages.slice(-1 - Math.max(0, (timeline.top ?? 0) - top)).filter((message) => message.seq > top);
    const others = fresh.filter((message) => message.author.id !== myId && message.deleted === null);
    if (others.length === 0) return;
    const spoken = others.map((message) => `${message.author.name}: ${plainText(parseMarkdown(message.text, message.mentions))}`).join('\n');
    const words = others.length > readAloudMax ? t('newMessages', { count: others.length }) : spoken;
    setSaid(({ times }) => ({ words, times: times + 1 }));
  }, [timeline, myId, t]);
  return (
    <div className="unseen" role="status" aria-live="polite">
      {/* The same words said again are told again: only what is put anew is. */}
      <span key={said.times}>{said.words}</span>
    </div>
  );
}
