import { IconPinFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../../shared/contracts/messages.js';
import { useFormat } from '../../ui/format.js';
import { useConversation } from '../acts/conversation.js';
import { MessageText } from '../text/MessageText.js';
import { Reactions } from './Reactions.js';
import { ThreadLine } from './ThreadLine.js';
import styles from './parts.module.css';

function Tombstone({ message }: { message: MessageView }) {
  const { t } = useTranslation('messages');
  return <p className={styles['gone']}>{message.deleted?.by === 'moderator' ? t('deletedByModerator') : t('deleted')}</p>;
}

/** That a message was edited; pressing it shows what it said before. */
function EditedMark({ message, editedAt }: { message: MessageView; editedAt: string }) {
  const { t } = useTranslation('messages');
  const { opened } = useConversation();
  const format = useFormat();
  return (
    <button type="button" className={styles['edited']} title={t('editedAt', { time: format.dateTime(editedAt) })} onClick={() => opened.set({ kind: 'revisions', message })}>
      {t('edited')}
    </button>
  );
}

/** What is stored of a message: its words or its tombstone, and what others made of it. */
export function StoredBody({ message, mine }: { message: MessageView; mine: readonly string[] }) {
  const { t } = useTranslation('messages');
  const { me, openThread } = useConversation();
  const { deleted, editedAt, pinnedAt, thread } = message;
  return (
    <>
      {deleted === null ? <MessageText text={message.text} mentions={message.mentions} myId={me.id} /> : <Tombstone message={message} />}
      {(pinnedAt !== null || editedAt !== null) && deleted === null && (
        <p className={styles['marks']}>
          {pinnedAt !== null && (
            <span className={styles['pinned']}>
              <IconPinFilled size={12} aria-hidden="true" />
              {t('pinned')}
            </span>
          )}
          {editedAt !== null && <EditedMark message={message} editedAt={editedAt} />}
        </p>
      )}
      <Reactions message={message} mine={mine} />
      {thread !== null && openThread !== null && <ThreadLine message={message} thread={thread} open={openThread} />}
    </>
  );
}
