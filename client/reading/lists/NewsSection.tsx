import { IconChecks, IconHash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { limits } from '../../../shared/limits.js';
import { useRooms, type RoomRow } from '../../rooms/useRooms.js';
import { Badge } from '../../ui/Badge.js';
import { Section } from '../../ui/PageFrame.js';
import { CallCount } from '../UnreadMark.js';
import { UnreadThreads } from './UnreadThreads.js';
import { useReading, useUnreadThreads } from '../useReading.js';
import styles from '../reading.module.css';

function RoomNews({ room }: { room: RoomRow }) {
  const { t } = useTranslation(['chat', 'reading']);
  const isMany = room.unread >= limits.unreadMax;
  return (
    <Link to={`/rooms/${room.id}`} className={styles['row']} data-flat="true">
      <IconHash size={18} aria-hidden="true" />
      <span className={styles['author']}>{room.name}</span>
      <span className={styles['ends']}>
        <Badge tone="accent">{isMany ? t('reading:many', { count: limits.unreadMax - 1 }) : t('chat:newMessages', { count: room.unread })}</Badge>
        {room.mentions > 0 && <CallCount count={room.mentions} />}
      </span>
    </Link>
  );
}

/** What is new since the member was here: rooms first that call them, then threads they follow. */
export function NewsSection() {
  const { t } = useTranslation('reading');
  const { isKnown } = useReading();
  const { rooms } = useRooms();
  const threads = useUnreadThreads();
  if (!isKnown || rooms === undefined) return null;
  const news = rooms.filter((room) => room.hasNews).toSorted((one, other) => other.mentions - one.mentions);
  return (
    <Section title={t('news')}>
      {news.length === 0 && threads.length === 0 && (
        <p className={styles['calm']}>
          <IconChecks size={18} aria-hidden="true" /> {t('news.none')}
        </p>
      )}
      {news.length > 0 && (
        <ul className={styles['rows']}>
          {news.map((room) => (
            <li key={room.id}>
              <RoomNews room={room} />
            </li>
          ))}
        </ul>
      )}
      {threads.length > 0 && <UnreadThreads />}
    </Section>
  );
}
