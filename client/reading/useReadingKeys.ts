/**
 * The keys that go through what is unread, as Discord and Slack have them: Alt+Shift+Up and Down to the next room with news,
 * Escape marks the room one is in as read.
 */
import { useEffect, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useRooms, type RoomRow } from '../rooms/useRooms.js';
import { markAllRead } from './marks.js';

/** What lies over the page, completes what is being written, or is a message one goes about in, has the first claim on Escape. */
const claims = '[role="dialog"], [role="menu"], [role="listbox"], [data-key]';

/** The nearest room with news, up or down from where one is; around the end of the list it goes on at the other. */
function nextUnread(rooms: readonly RoomRow[], here: string | undefined, step: 1 | -1): RoomRow | undefined {
  const from = rooms.findIndex((room) => room.id === here);
  const start = from === -1 && step === -1 ? 0 : from;
  return Array.from({ length: rooms.length }, (_, away) => rooms.at((start + step * (away + 1) + rooms.length) % rooms.length)).find((room) => room?.hasNews && room.id !== here);
}

const isClaimed = ({ target }: KeyboardEvent): boolean => target instanceof Element && target.closest(claims) !== null;

const stepOf = (event: KeyboardEvent): 1 | -1 | null => {
  if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return null;
  if (event.key === 'ArrowDown') return 1;
  return event.key === 'ArrowUp' ? -1 : null;
};

/** Listens for these keys wherever one is in the house. */
export function useReadingKeys(): void {
  const { rooms = [] } = useRooms();
  const here = /^\/rooms\/([0-9a-f]{24})/.exec(useLocation().pathname)?.[1];
  const navigate = useNavigate();
  const now = useRef({ rooms, here, navigate });
  useEffect(() => {
    now.current = { rooms, here, navigate };
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const { rooms: known, here: roomId, navigate: go } = now.current;
      if (event.defaultPrevented || event.isComposing) return;
      const step = stepOf(event);
      if (step !== null) {
        event.preventDefault();
        const room = nextUnread(known, roomId, step);
        if (room !== undefined) void go(`/rooms/${room.id}`);
      } else if (event.key === 'Escape' && roomId !== undefined && !isClaimed(event)) {
        markAllRead({ roomId, threadId: null });
      }
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
}
