import { IconBellOff, IconHash, IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { CallCount, UnreadDot } from '../reading/UnreadMark.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { RowsSkeleton } from '../ui/Skeletons.js';
import { useRooms, type RoomRow } from './useRooms.js';
import styles from './RoomLinks.module.css';

/** What stands at the end of a room's link: its lock, how much calls the member, or that something is new. */
function RoomEnd({ room }: { room: RoomRow }) {
  const { t } = useTranslation(['chat', 'reading']);
  if (!room.canEnter) return <IconLock size={15} aria-label={t('chat:locked')} className={styles['end']} role="img" />;
  if (room.mentions > 0) return <CallCount count={room.mentions} />;
  if (room.isMuted) return <IconBellOff size={14} aria-label={t('reading:muted')} className={styles['end']} role="img" />;
  return room.hasNews ? <UnreadDot /> : null;
}

function RoomLink({ room }: { room: RoomRow }) {
  return (
    <NavLink to={`/rooms/${room.id}`} className={styles['link']} data-unread={room.hasNews} data-quiet={!room.canEnter || (room.isMuted && !room.hasNews)}>
      <IconHash size={16} aria-hidden="true" />
      <span className={styles['name']}>{room.name}</span>
      <RoomEnd room={room} />
    </NavLink>
  );
}

/** The rooms as links, each with what is new or the lock on its door. */
export function RoomLinks() {
  const { rooms, error, refetch } = useRooms();
  if (rooms === undefined) return error === null ? <RowsSkeleton count={4} height={24} /> : <ErrorNote error={error} retry={refetch} />;
  return (
    <ul className={styles['list']}>
      {rooms.map((room) => (
        <li key={room.id}>
          <RoomLink room={room} />
        </li>
      ))}
    </ul>
  );
}
