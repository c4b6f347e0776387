import { IconHash, IconMessages } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { MessageView } from '../../../shared/contracts/messages.js';
import { excerptOf } from '../../../shared/excerpt.js';
import { messagePath, timelinePath } from '../../chat/acts/links.js';
import { useName } from '../../chat/row/useName.js';
import { useRooms } from '../../rooms/useRooms.js';
import { Avatar } from '../../ui/Avatar.js';
import { useFormat } from '../../ui/format.js';
import styles from '../reading.module.css';

function Place({ message }: { message: MessageView }) {
  const { t } = useTranslation('reading');
  const room = useRooms().rooms?.find(({ id }) => id === message.roomId);
  return (
    <span className={styles['place']}>
      {message.threadId === null ? <IconHash size={13} aria-hidden="true" /> : <IconMessages size={13} aria-hidden="true" />}
      {room?.name}
      {message.threadId !== null && ` ${t('inThread')}`}
    </span>
  );
}

export interface MessageLinkProps {
  message: MessageView;
  /** It leads to the message itself, or to the thread that hangs from it. */
  to: 'message' | 'thread';
  /** What stands at the end of the row. */
  end?: ReactNode;
}

/** A message elsewhere, as far as it needs to be seen to know whether to go there. */
export function MessageLink({ message, to, end }: MessageLinkProps) {
  const { t } = useTranslation('messages');
  const name = useName();
  const format = useFormat();
  const { author, sentAt, text, deleted } = message;
  const path = to === 'message' ? messagePath(message, message.seq) : timelinePath({ roomId: message.roomId, threadId: message.id });
  return (
    <Link to={path} className={styles['row']}>
      <Avatar person={author} />
      <span className={styles['words']}>
        <span className={styles['head']}>
          <span className={styles['author']}>{name(author)}</span>
          <Place message={message} />
          <time dateTime={sentAt}>{format.relative(sentAt)}</time>
        </span>
        <span className={styles['text']}>{deleted === null ? excerptOf(text) : t('deleted')}</span>
      </span>
      {end}
    </Link>
  );
}
