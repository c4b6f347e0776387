import { useTranslation } from 'react-i18next';
import type { MeView } from '../../shared/contracts/members.js';
import { SpeakGate } from '../moderation/mode/SpeakGate.js';
import { EmptyState } from '../ui/EmptyState.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { MessagesSkeleton } from '../ui/Skeletons.js';
import { Composer } from './composer/Composer.js';
import { MessageList } from './list/MessageList.js';
import { sendMessage, usePending } from './outbox.js';
import { TypingLine } from './composer/TypingLine.js';
import type { OpenRoom } from './useRoom.js';
import styles from './Conversation.module.css';

/** What is said in an open room, and where one says something. */
export function Conversation({ open, me }: { open: OpenRoom; me: MeView }) {
  const { t } = useTranslation('chat');
  const { session, state } = open;
  const { roomId } = session;
  const pendings = usePending().filter((pending) => pending.roomId === roomId);
  const isLoaded = state.timeline.top !== null;
  const isEmpty = isLoaded && state.timeline.messages.length === 0 && pendings.length === 0;
  return (
    <div className={styles['conversation']}>
      <ErrorNote error={state.problem} retry={() => void session.join()} />
      {!isLoaded && (
        <div className={styles['rest']}>
          <MessagesSkeleton />
        </div>
      )}
      {isEmpty && (
        <div className={styles['rest']} data-centred="true">
          <EmptyState title={t('empty.title')} text={t('empty.text')} />
        </div>
      )}
      {isLoaded && !isEmpty && (
        <MessageList
          roomId={roomId}
          timeline={state.timeline}
          pendings={pendings}
          me={me}
          readBefore={session.readBefore}
          loadOlder={() => void session.loadOlder()}
        />
      )}
      <TypingLine people={state.typing} />
      <SpeakGate room={state.room} messages={state.timeline.messages} myId={me.id}>
        <Composer
          draftKey={`guildhall.draft.${me.id}.${roomId}`}
          roomName={state.room?.name ?? ''}
          send={(text) => sendMessage(roomId, text)}
          tellTyping={() => session.tellTyping()}
        />
      </SpeakGate>
    </div>
  );
}
