import { useSession } from '../api/session.js';
import { ModerationBar } from '../moderation/mode/ModerateButton.js';
import { MessagesSkeleton } from '../ui/Skeletons.js';
import { Conversation } from './Conversation.js';
import { Door } from '../rooms/Door.js';
import { useRoom } from './useRoom.js';
import styles from './RoomPane.module.css';

/** A room without a page of its own, for wherever a conversation stands beside something else. It fills its place. */
export function RoomPane({ roomId }: { roomId: string }) {
  const { me } = useSession();
  const open = useRoom(roomId);
  if (me === null || open === null) return <MessagesSkeleton />;
  return (
    <section className={styles['pane']}>
      <ModerationBar room={open.state.room} />
      {open.state.status === 'out' ? <Door room={null} roomId={roomId} reason={open.state.reason} me={me} /> : <Conversation open={open} me={me} />}
    </section>
  );
}
