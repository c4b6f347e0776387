import { useTranslation } from 'react-i18next';
import type { MessageView, ThreadView } from '../../../shared/contracts/messages.js';
import { UnreadDot } from '../../reading/UnreadMark.js';
import { useThreadNews } from '../../reading/useReading.js';
import { Avatar } from '../../ui/Avatar.js';
import { useFormat } from '../../ui/format.js';
import styles from './parts.module.css';

export interface ThreadLineProps {
  message: MessageView;
  thread: ThreadView;
  open: (message: MessageView) => void;
}

/** A thread beneath the message it hangs from: its first faces, how many replies, whether some are new, when the last one was. */
export function ThreadLine({ message, thread, open }: ThreadLineProps) {
  const { t } = useTranslation('messages');
  const format = useFormat();
  const news = useThreadNews({ roomId: message.roomId, threadId: message.id });
  return (
    <button type="button" className={styles['thread']} onClick={() => open(message)}>
      <span className={styles['faces']}>
        {thread.people.map((person) => (
          <Avatar key={person.id} person={person} size="small" />
        ))}
      </span>
      <span className={styles['count']}>{t('replies', { count: thread.count })}</span>
      {news > 0 && <UnreadDot />}
      <span className={styles['last']}>{t('lastReply', { when: format.relative(thread.lastAt) })}</span>
    </button>
  );
}
