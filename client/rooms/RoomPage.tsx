import { Button, Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconHash, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { HereView } from '../../shared/contracts/chat.js';
import type { RoomView } from '../../shared/contracts/rooms.js';
import { Id } from '../../shared/ids.js';
import { useSession } from '../api/session.js';
import { NotFoundPage } from '../frame/NotFoundPage.js';
import { PageHeader, usePageTitle } from '../ui/PageFrame.js';
import { MessagesSkeleton } from '../ui/Skeletons.js';
import { Conversation } from '../chat/Conversation.js';
import { ModeBadge } from '../moderation/mode/ModeBadge.js';
import { ModerateButton } from '../moderation/mode/ModerateButton.js';
import { Door } from './Door.js';
import { GateBadge } from './GateBadge.js';
import { PeoplePanel } from './PeoplePanel.js';
import { useRoom } from '../chat/useRoom.js';
import { useRooms } from './useRooms.js';
import styles from './RoomPage.module.css';

function People({ room, here, isOpen, close }: { room: RoomView | null; here: HereView | null; isOpen: boolean; close: () => void }) {
  const { t } = useTranslation(['chat', 'common']);
  const isWide = useMediaQuery('(min-width: 1100px)', undefined, { getInitialValueInEffect: false });
  if (here === null || !isOpen) return null;
  if (isWide) {
    return (
      <aside className={styles['panel']} aria-label={t('chat:people')}>
        <PeoplePanel here={here} room={room} />
      </aside>
    );
  }
  return (
    <Drawer opened onClose={close} position="right" size="xs" title={t('chat:people')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <PeoplePanel here={here} room={room} />
    </Drawer>
  );
}

function RoomHeader({ room, here, showsPeople, toggle }: { room: RoomView | null; here: HereView | null; showsPeople: boolean; toggle: () => void }) {
  const { t } = useTranslation('chat');
  const title = (
    <span className={styles['title']}>
      <IconHash size={18} aria-hidden="true" />
      {room?.name}
    </span>
  );
  const meta = room !== null && (
    <>
      <GateBadge gate={room.gate} />
      <ModeBadge room={room} />
      <span className={styles['topic']}>{room.topic}</span>
    </>
  );
  const people = here !== null && (
    <Button variant="subtle" color="gray" leftSection={<IconUsers size={17} />} aria-expanded={showsPeople} aria-label={t('hereCount', { count: here.count })} onClick={toggle}>
      <span className="tabular">{here.count}</span>
    </Button>
  );
  return <PageHeader back="/rooms" title={title} meta={meta} actions={<><ModerateButton room={room} />{people}</>} />;
}

function OpenedRoom({ roomId }: { roomId: string }) {
  const { me } = useSession();
  const { rooms } = useRooms();
  const open = useRoom(roomId);
  const [showsPeople, setShowsPeople] = useState(false);
  const listed = rooms?.find((room) => room.id === roomId) ?? null;
  const room = open?.state.room ?? listed;
  const status = open?.state.status ?? 'joining';
  const reason = open?.state.reason ?? null;
  usePageTitle(room === null ? undefined : `#${room.name}`);
  if (me === null) return null;

  // The directory shows a locked door at once; only the join's reply opens it.
  const isOut = status === 'out' || (status === 'joining' && listed?.canEnter === false);
  if (isOut && listed === null && rooms !== undefined && reason === null) return <NotFoundPage />;
  const here = isOut ? null : (open?.state.here ?? null);
  return (
    <div className={styles['page']}>
      <RoomHeader room={room} here={here} showsPeople={showsPeople} toggle={() => setShowsPeople(!showsPeople)} />
      <div className={styles['body']}>
        {isOut && <Door room={listed} roomId={roomId} reason={reason} me={me} />}
        {!isOut && (open === null ? <MessagesSkeleton /> : <Conversation open={open} me={me} />)}
        <People room={room} here={here} isOpen={showsPeople} close={() => setShowsPeople(false)} />
      </div>
    </div>
  );
}

/** A room of its own: header, conversation, who is here; or its door. */
export function RoomPage() {
  const roomId = Id.safeParse(useParams()['roomId']);
  return roomId.success ? <OpenedRoom key={roomId.data} roomId={roomId.data} /> : <NotFoundPage />;
}
