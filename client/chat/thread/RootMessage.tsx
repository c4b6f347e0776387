import { useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../../shared/contracts/messages.js';
import { Avatar } from '../../ui/Avatar.js';
import { useFormat } from '../../ui/format.js';
import { useActKeys } from '../acts/useActKeys.js';
import { RowActions } from '../row/RowActions.js';
import { StoredBody } from '../row/StoredBody.js';
import { useName } from '../row/useName.js';
import { useRowPlace } from '../row/useRowPlace.js';
import rowStyles from '../row/MessageRow.module.css';
import styles from './ThreadPanel.module.css';

export interface RootMessageProps {
  message: MessageView;
  mine: readonly string[];
}

/** What a thread hangs from, above its replies; it can be acted on like every message. */
export function RootMessage({ message, mine }: RootMessageProps) {
  const { t } = useTranslation('messages');
  const format = useFormat();
  const name = useName();
  const entry = useMemo(() => ({ kind: 'stored' as const, key: `root ${message.id}`, message }), [message]);
  const { props, isActive } = useRowPlace(entry, true);
  const actKey = useActKeys();
  const wordsId = useId();
  return (
    <div className={styles['root']}>
      {/* Its keys, like every message's, are a short way to what its buttons do. */}
      <article
        {...props}
        className={rowStyles['message']}
        data-opens="true"
        data-active={isActive}
        aria-label={`${name(message.author)}, ${format.dateTime(message.sentAt)}`}
        aria-describedby={wordsId}
        onKeyDown={(event) => {
          if (event.target === event.currentTarget && !event.ctrlKey && !event.metaKey && actKey(event, message)) event.preventDefault();
        }}
      >
        <Avatar person={message.author} />
        <div>
          <p className={rowStyles['head']}>
            <span className={rowStyles['name']}>{name(message.author)}</span>
            <time dateTime={message.sentAt} className={rowStyles['time']}>
              {format.dateTime(message.sentAt)}
            </time>
          </p>
          <div id={wordsId}>
            <StoredBody message={message} mine={mine} />
          </div>
        </div>
        {isActive && <RowActions message={message} mine={mine} />}
      </article>
      <p className={styles['count']}>{message.thread === null ? t('noReplies') : t('replies', { count: message.thread.count })}</p>
    </div>
  );
}
