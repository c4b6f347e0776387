import { useMemo } from 'react';
import { rooms, type RoomView } from '../../shared/contracts/rooms.js';
import { useRouteQuery } from '../api/useRoute.js';
import { useReading } from '../reading/useReading.js';

/** A room of the directory, and what of it was not read. */
export interface RoomRow extends RoomView {
  unread: number;
  /** Those among them that call the member. */
  mentions: number;
  /** Only what calls the member is shown of it. */
  isMuted: boolean;
  /** There is something to be shown: unread messages in a room that is not muted, or such as call the member. */
  hasNews: boolean;
}

/** The room directory with what is new in each. */
export function useRooms(): { rooms: readonly RoomRow[] | undefined; error: unknown; refetch: () => void } {
  const query = useRouteQuery(rooms.list, {});
  const { states } = useReading();
  const rows = useMemo(
    () =>
      query.data?.map((room): RoomRow => {
        const { unread = 0, mentions = 0, isMuted = false } = states.get(room.id) ?? {};
        return { ...room, unread, mentions, isMuted, hasNews: mentions > 0 || (unread > 0 && !isMuted) };
      }),
    [query.data, states],
  );
  return { rooms: rows, error: query.error, refetch: () => void query.refetch() };
}
