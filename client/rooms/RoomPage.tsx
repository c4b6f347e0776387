import { lazy, Suspense, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMediaQuery } from '@mantine/hooks';
import { useLocation, useNavigate, useParams, useSearchParams } from 'react-router';
import type { MeView } from '../../shared/contracts/members.js';
import type { MessageView } from '../../shared/contracts/messages.js';
import { Id } from '../../shared/ids.js';
import { useSession } from '../api/session.js';
import { messagePath, readMessageParameter, timelinePath } from '../chat/acts/links.js';
import { Conversation } from '../chat/Conversation.js';
import { useTimeline, type OpenTimeline } from '../chat/useTimeline.js';
import { NotFoundPage } from '../frame/NotFoundPage.js';
import { usePageTitle } from '../ui/PageFrame.js';
import { MessagesSkeleton } from '../ui/Skeletons.js';
import { Door } from './Door.js';
import { PeoplePanel } from './PeoplePanel.js';
import { RoomHeader } from './RoomHeader.js';
import type { PanelName } from './RoomPanel.js';
import { useRooms } from './useRooms.js';
import styles from './RoomPage.module.css';

// What stands beside a room is loaded when it is opened.
const RoomPanel = lazy(async () => ({ default: (await import('./RoomPanel.js')).RoomPanel }));
const PinsPanel = lazy(async () => ({ default: (await import('../chat/pins/PinsPanel.js')).PinsPanel }));
const ThreadPanel = lazy(async () => ({ default: (await import('../chat/thread/ThreadPanel.js')).ThreadPanel }));

interface InsideProps {
  open: OpenTimeline;
  me: MeView;
  threadId: string | null;
  target: number | null;
  panel: PanelName | null;
  closePanel: () => void;
}

/** A room one is in: its conversation, and beside it a thread, the pins or the people. */
function Inside({ open, me, threadId, target, panel, closePanel }: InsideProps) {
  const { t } = useTranslation('chat');
  const navigate = useNavigate();
  // Beside the room, or over it: then what is under it is out of reach.
  const isWide = useMediaQuery('(min-width: 1100px)', undefined, { getInitialValueInEffect: false });
  const { roomId } = open.session.place;
  const openThread = useCallback((message: MessageView) => void navigate(timelinePath({ roomId, threadId: message.id })), [navigate, roomId]);
  const { room, here } = open.state;
  const showPin = (message: MessageView): void => {
    if (!isWide) closePanel();
    void navigate(messagePath(message, message.seq));
  };
  return (
    <>
      <div className={styles['conversation']} inert={threadId !== null && !isWide}>
        <Conversation open={open} me={me} label={t('messageTo', { room: room?.name ?? '' })} openThread={openThread} />
      </div>
      {threadId !== null && (
        <div className={styles['thread']}>
          <Suspense fallback={<MessagesSkeleton />}>
            <ThreadPanel key={threadId} roomId={roomId} threadId={threadId} me={me} target={target} close={() => void navigate(timelinePath({ roomId, threadId: null }))} />
          </Suspense>
        </div>
      )}
      {threadId === null && panel !== null && here !== null && (
        <Suspense>
          <RoomPanel name={panel} close={closePanel}>
            {panel === 'people' ? <PeoplePanel here={here} room={room} /> : <PinsPanel roomId={roomId} me={me} mayModerate={room?.mayModerate ?? false} show={showPin} />}
          </RoomPanel>
        </Suspense>
      )}
    </>
  );
}

function OpenedRoom({ roomId, threadId }: { roomId: string; threadId: string | null }) {
  const { me } = useSession();
  const { rooms } = useRooms();
  const navigate = useNavigate();
  const target = readMessageParameter(useSearchParams()[0]);
  const open = useTimeline(roomId, null, threadId === null ? target : null, useLocation().key);
  const [panel, setPanel] = useState<PanelName | null>(null);
  const listed = rooms?.find((room) => room.id === roomId) ?? null;
  const room = open?.state.room ?? listed;
  const status = open?.state.status ?? 'joining';
  const reason = open?.state.reason ?? null;
  usePageTitle(room === null ? undefined : `#${room.name}`);
  if (me === null) return null;

  // The directory shows a locked door at once; only the join's reply opens it.
  const isOut = status === 'out' || (status === 'joining' && listed?.canEnter === false);
  if (isOut && listed === null && rooms !== undefined && reason === null) return <NotFoundPage />;
  const toggle = (name: PanelName): void => {
    setPanel(panel === name && threadId === null ? null : name);
    if (threadId !== null) void navigate(timelinePath({ roomId, threadId: null }));
  };
  return (
    <div className={styles['page']}>
      <RoomHeader open={open} room={room} here={isOut ? null : (open?.state.here ?? null)} panel={threadId === null ? panel : null} toggle={toggle} jumpToDate={(at) => void open?.session.walk.standAtTime(at)} />
      <div className={styles['body']}>
        {isOut && <Door room={listed} roomId={roomId} reason={reason} me={me} />}
        {!isOut && (open === null ? <MessagesSkeleton /> : <Inside open={open} me={me} threadId={threadId} target={target} panel={panel} closePanel={() => setPanel(null)} />)}
      </div>
    </div>
  );
}

/** The thread an address below a room names: null for the room itself, undefined for an address there is none of. */
function readThread(rest: string): string | null | undefined {
  if (rest === '') return null;
  const [word, id, ...more] = rest.split('/');
  const thread = Id.safeParse(id);
  return word === 'threads' && thread.success && more.length === 0 ? thread.data : undefined;
}

/** A room of its own: header, conversation, a thread or who is here beside it; or its door. */
export function RoomPage() {
  const parameters = useParams();
  const roomId = Id.safeParse(parameters['roomId']);
  const threadId = readThread(parameters['*'] ?? '');
  return roomId.success && threadId !== undefined ? <OpenedRoom key={roomId.data} roomId={roomId.data} threadId={threadId} /> : <NotFoundPage />;
}
