/** Whether I may write in a room now, as the server will judge it, and if not, until when and why. */
import { useEffect, useState } from 'react';
import type { MessageView } from '../../../shared/contracts/messages.js';
import type { MyRestriction, RoomModeView } from '../../../shared/contracts/moderation.js';
import type { RoomView } from '../../../shared/contracts/rooms.js';
import { useHeldBack } from '../restrict/useHeldBack.js';
import { useRoomMode } from './useRoomMode.js';

export interface Speech {
  mode: RoomModeView | null;
  /** The timeout that keeps me from writing; of several, the one that ends last. */
  timeout: MyRestriction | null;
  /** Whoever may moderate the room writes in every mode. */
  isExempt: boolean;
  /** In a slow room, how many seconds there are until my next turn; 0 when it is mine. */
  waitSeconds: number;
}

/** @param messages - those of the room that are known here: my last one began my wait. */
export function useSpeech(room: RoomView | null, messages: readonly MessageView[], myId: string): Speech {
  const mode = useRoomMode(room);
  const timeout = useHeldBack()
    .filter(({ kind, roomId }) => kind === 'timeout' && (roomId === null || roomId === room?.id))
    .toSorted((one, other) => endOf(other) - endOf(one))[0];
  const isExempt = room?.mayModerate ?? false;
  const nextAt = isExempt || mode?.mode.kind !== 'slow' ? null : nextTurn(mode, mode.mode.seconds, messages, myId);
  return { mode, timeout: timeout ?? null, isExempt, waitSeconds: useSecondsUntil(nextAt) };
}

const endOf = ({ until }: MyRestriction): number => (until === null ? Infinity : Date.parse(until));

/** When I may write again (ms); null when I have not written since the room became slow. */
function nextTurn({ since }: RoomModeView, seconds: number, messages: readonly MessageView[], myId: string): number | null {
  const last = messages.findLast((message) => message.author.id === myId);
  if (last === undefined || Date.parse(last.sentAt) < Date.parse(since ?? last.sentAt)) return null;
  return Date.parse(last.sentAt) + seconds * 1_000;
}

/** Counts down to a time, and renders no more once it is reached. */
function useSecondsUntil(at: number | null): number {
  const [now, setNow] = useState(() => Date.now());
  const left = at === null ? 0 : Math.max(0, Math.ceil((at - now) / 1_000));
  useEffect(() => {
    setNow(Date.now());
    if (at === null || at <= Date.now()) return undefined;
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= at) clearInterval(timer);
    }, 1_000);
    return () => clearInterval(timer);
  }, [at]);
  return left;
}
