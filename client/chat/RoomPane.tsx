import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session.js';
import { ModerationBar } from '../moderation/mode/ModerateButton.js';
import { Door } from '../rooms/Door.js';
import { MessagesSkeleton } from '../ui/Skeletons.js';
import { Conversation } from './Conversation.js';
import { useTimeline } from './useTimeline.js';
import styles from './RoomPane.module.css';

const ThreadPanel = lazy(async () => ({ default: (await import('./thread/ThreadPanel.js')).ThreadPanel }));

/** A room without a page of its own, for wherever a conversation stands beside something else. It fills its place; a thread stands over it. */
export function RoomPane({ roomId }: { roomId: string }) {
  const { t } = useTranslation('chat');
  const { me } = useSession();
  const open = useTimeline(roomId, null);
  const [threadId, setThreadId] = useState<string | null>(null);
  const [openThread] = useState(() => (message: { id: string }): void => setThreadId(message.id));
  if (me === null || open === null) return <MessagesSkeleton />;
  if (open.state.status === 'out') return <Door room={null} roomId={roomId} reason={open.state.reason} me={me} />;
  return (
    <section className={styles['pane']}>
      <div className={styles['pane']} inert={threadId !== null}>
        <ModerationBar room={open.state.room} />
        <Conversation open={open} me={me} label={t('messageTo', { room: open.state.room?.name ?? '' })} openThread={openThread} />
      </div>
      {threadId !== null && (
        <div className={styles['over']}>
          <Suspense fallback={<MessagesSkeleton />}>
            <ThreadPanel key={threadId} roomId={roomId} threadId={threadId} me={me} target={null} close={() => setThreadId(null)} />
          </Suspense>
        </div>
      )}
    </section>
  );
}
