/** How a room is spoken in now: as its view said, and as pushes have told since. */
import { useSyncExternalStore } from 'react';
import { moderation, type RoomModeView } from '../../../shared/contracts/moderation.js';
import type { RoomView } from '../../../shared/contracts/rooms.js';
import { on } from '../../api/socket.js';
import { createStore } from '../../api/store.js';

const told = createStore<ReadonlyMap<string, RoomModeView>>(new Map());

const sinceOf = ({ since }: RoomModeView): number => (since === null ? 0 : Date.parse(since));

/** Takes in a mode by whatever road it came; of two the one that was set later is true. */
export function hearMode(roomId: string, mode: RoomModeView): void {
  const known = told.get().get(roomId);
  if (known === undefined || sinceOf(mode) > sinceOf(known)) told.set(new Map(told.get()).set(roomId, mode));
}

on(moderation.modeChanged, ({ roomId, mode }) => hearMode(roomId, mode));

/** The room's mode; null where one may not enter. */
export function useRoomMode(room: RoomView | null): RoomModeView | null {
  const modes = useSyncExternalStore(told.subscribe, told.get);
  const shown = room?.mode ?? null;
  const news = room === null ? undefined : modes.get(room.id);
  if (shown === null || news === undefined) return shown;
  return sinceOf(news) > sinceOf(shown) ? news : shown;
}
