import { useEffect, useSyncExternalStore } from 'react';
import { useConversation } from './conversation.js';
import styles from './Notice.module.css';

/** How long words stay (ms): good news are read at a glance, bad ones are not. */
const goodMs = 2_000;
const badMs = 6_000;

/** Says for a moment what came of an act: that a link was copied, or why something failed. */
export function Notice() {
  const { note } = useConversation();
  const now = useSyncExternalStore(note.subscribe, note.get);
  useEffect(() => {
    if (now === null) return;
    const timer = setTimeout(() => note.set(null), now.isBad ? badMs : goodMs);
    return () => clearTimeout(timer);
  }, [note, now]);
  return (
    <div role="status" className={styles['place']}>
      {now !== null && (
        <p className={styles['note']} data-bad={now.isBad}>
          {now.words}
        </p>
      )}
    </div>
  );
}
