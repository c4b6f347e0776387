/** Who is here, by the workshop's own room: everybody in the workshop is in it. */
import { useEffect, useState } from 'react';
import { call, on } from '../../api/socket.js';
import { chat, type HereView } from '../../../shared/contracts/chat.js';

/**
 * Null until it is known.
 *
 * @param entries rises with each entering of the workshop; with each it is asked for again.
 * @param isAlone nothing else on the page is in the room (its conversation is not shown): then this is, so that whoever
 * sits at the console is still counted, and hears of those who come.
 */
export function useHere(roomId: string, entries: number, isAlone = false): HereView | null {
  const [here, setHere] = useState<HereView | null>(null);
  useEffect(() => {
    const off = on(chat.hereChanged, (told) => {
      if (told.roomId === roomId) setHere(told);
    });
    const ask = async () => {
      try {
        setHere(isAlone ? (await call(chat.join, { roomId })).here : await call(chat.here, { roomId }));
      } catch {
        // A count that could not be asked for is not shown; the next change tells it.
      }
    };
    if (entries > 0) void ask();
    return () => {
      off();
      // Nobody waits for the answer; a lost connection has left already.
      if (isAlone) call(chat.leave, { roomId }).catch(() => undefined);
    };
  }, [roomId, entries, isAlone]);
  return here;
}
