import { useEffect } from 'react';
import { rooms, type RoomView } from '../../shared/contracts/rooms.js';
import { useRouteQuery } from '../api/useRoute.js';
import { markRead, useLastRead } from '../chat/lastRead.js';

/** How often the directory is asked for news of rooms one is not in; those one is in tell by themselves. */
const askEveryMs = 30_000;

/** A room of the directory, and how many messages are new since it was last read here. */
export interface RoomRow extends RoomView {
  unread: number;
}

/** The room directory with what is new in each. A room first seen in this browser counts as read up to then, not as a thousand new messages. */
export function useRooms(): { rooms: readonly RoomRow[] | undefined; error: unknown; refetch: () => void } {
  const query = useRouteQuery(rooms.list, {}, { refetchInterval: askEveryMs });
  const lastRead = useLastRead();
  useEffect(() => {
    for (const room of query.data ?? []) if (room.lastSeq !== null && lastRead[room.id] === undefined) markRead(room.id, room.lastSeq);
  }, [query.data, lastRead]);
  const rows = query.data?.map((room) => ({ ...room, unread: Math.max(0, (room.lastSeq ?? 0) - (lastRead[room.id] ?? room.lastSeq ?? 0)) }));
  return { rooms: rows, error: query.error, refetch: () => void query.refetch() };
}
