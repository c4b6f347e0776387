import { IconBellOff, IconHash, IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { limits } from '../../shared/limits.js';
import { CallCount } from '../reading/UnreadMark.js';
import { Badge } from '../ui/Badge.js';
import { EmptyState } from '../ui/EmptyState.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { PageFrame } from '../ui/PageFrame.js';
import { RowsSkeleton } from '../ui/Skeletons.js';
import { GateBadge } from './GateBadge.js';
import { useRooms, type RoomRow } from './useRooms.js';
import styles from './RoomsPage.module.css';

function RoomCard({ room }: { room: RoomRow }) {
  const { t } = useTranslation(['chat', 'reading']);
  return (
    <Link to={`/rooms/${room.id}`} className={styles['room']}>
      <span className={styles['sign']} aria-hidden="true">
        {room.canEnter ? <IconHash size={20} /> : <IconLock size={20} />}
      </span>
      <span className={styles['words']}>
        <span className={styles['name']}>{room.name}</span>
        <span className={styles['topic']}>{room.topic}</span>
      </span>
      <GateBadge gate={room.gate} />
      {room.isMuted && <IconBellOff size={16} aria-label={t('reading:muted')} role="img" />}
      {room.hasNews && <Badge tone="accent">{room.unread < limits.unreadMax ? t('chat:newMessages', { count: room.unread }) : t('reading:many', { count: limits.unreadMax - 1 })}</Badge>}
      {room.mentions > 0 && <CallCount count={room.mentions} />}
    </Link>
  );
}

/** All rooms of the community, open and locked, as rows. */
export function RoomList() {
  const { t } = useTranslation('chat');
  const { rooms, error, refetch } = useRooms();
  if (rooms === undefined) return error === null ? <RowsSkeleton height={60} /> : <ErrorNote error={error} retry={refetch} />;
  if (rooms.length === 0) return <EmptyState icon={<IconHash size={22} />} title={t('noRooms.title')} text={t('noRooms.text')} />;
  return (
    <ul className={styles['list']}>
      {rooms.map((room) => (
        <li key={room.id}>
          <RoomCard room={room} />
        </li>
      ))}
    </ul>
  );
}

/** The directory of rooms; on phones the way to all of them. */
export function RoomsPage() {
  const { t } = useTranslation();
  return (
    <PageFrame title={t('rooms')} width="reading">
      <RoomList />
    </PageFrame>
  );
}
