import { useTranslation } from 'react-i18next';
import { Badge } from '../../ui/Badge.js';
import { MessageLink } from './MessageLink.js';
import { useUnreadThreads } from '../useReading.js';
import styles from '../reading.module.css';

/** The threads one follows that have something unread, each by what it hangs from. */
export function UnreadThreads() {
  const { t } = useTranslation('reading');
  const threads = useUnreadThreads();
  return (
    <ul className={styles['rows']}>
      {threads.map(({ root, unread }) => (
        <li key={root.id}>
          <MessageLink message={root} to="thread" end={<Badge tone="accent">{t('threads.replies', { count: unread })}</Badge>} />
        </li>
      ))}
    </ul>
  );
}
