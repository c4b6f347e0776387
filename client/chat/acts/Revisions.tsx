import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { messages, type MessageView, type RevisionView } from '../../../shared/contracts/messages.js';
import { call } from '../../api/socket.js';
import { Dialog } from '../../ui/Dialog.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { useFormat } from '../../ui/format.js';
import { MessagesSkeleton } from '../../ui/Skeletons.js';
import { MessageText } from '../text/MessageText.js';
import { useConversation } from './conversation.js';
import styles from './Opened.module.css';

/** The calls of earlier texts are not kept; their names are text there. */
const nobody = { people: [], room: false, tierKeys: [] };

function useRevisions({ roomId, id }: MessageView) {
  const [state, setState] = useState<{ revisions: readonly RevisionView[] | null; problem: unknown }>({ revisions: null, problem: null });
  useEffect(() => {
    let isWanted = true;
    call(messages.revisions, { roomId, messageId: id }).then(
      (revisions) => isWanted && setState({ revisions, problem: null }),
      (problem: unknown) => isWanted && setState({ revisions: null, problem }),
    );
    return () => {
      isWanted = false;
    };
  }, [roomId, id]);
  return state;
}

/** What a message said before it was edited, the newest first. */
export function Revisions({ message, close }: { message: MessageView; close: () => void }) {
  const { t } = useTranslation('messages');
  const { me } = useConversation();
  const format = useFormat();
  const { revisions, problem } = useRevisions(message);
  return (
    <Dialog opened onClose={close} title={t('revisions')}>
      <ErrorNote error={problem} />
      {revisions === null && problem === null && <MessagesSkeleton />}
      {revisions !== null && (
        <ol className={styles['revisions']}>
          <li>
            <p className="meta">{t('saysNow')}</p>
            <MessageText text={message.text} mentions={message.mentions} myId={me.id} />
          </li>
          {revisions.toReversed().map(({ text, until }) => (
            <li key={until}>
              <p className="meta">{t('saidUntil', { time: format.dateTime(until) })}</p>
              <MessageText text={text} mentions={nobody} myId={me.id} />
            </li>
          ))}
        </ol>
      )}
    </Dialog>
  );
}
