import { IconHash, IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { ErrorNote } from '../ui/ErrorNote.js';
import { RowsSkeleton } from '../ui/Skeletons.js';
import { useRooms, type RoomRow } from './useRooms.js';
import styles from './RoomLinks.module.css';

function RoomLink({ room }: { room: RoomRow }) {
  const { t } = useTranslation('chat');
  return (
    <NavLink to={`/rooms/${room.id}`} className={styles['link']} data-unread={room.unread > 0} data-locked={!room.canEnter}>
      <IconHash size={16} aria-hidden="true" />
      <span className={styles['name']}>{room.name}</span>
      {!room.canEnter && <IconLock size={15} aria-label={t('locked')} className={styles['end']} role="img" />}
      {room.unread > 0 && (
        <span className={styles['count']}>
          {room.unread > 99 ? '99+' : room.unread}
          <span className="unseen"> {t('unread')}</span>
        </span>
      )}
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
