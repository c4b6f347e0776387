/** Who is here, by the workshop's own room: everybody in the workshop is in it. */
import { useEffect, useState } from 'react';
import { call, on } from '../../api/socket.js';
import { chat, type HereView } from '../../../shared/contracts/chat.js';

/**
 * Null until it is known.
 *
 * @param entries rises with each entering of the workshop; with each it is asked for again.
 */
export function useHere(roomId: string, entries: number): HereView | null {
  const [here, setHere] = useState<HereView | null>(null);
  useEffect(() => {
    const off = on(chat.hereChanged, (told) => {
      if (told.roomId === roomId) setHere(told);
    });
    const ask = async () => {
      try {
        setHere(await call(chat.here, { roomId }));
      } catch {
        // A count that could not be asked for is not shown; the next change tells it.
      }
    };
    if (entries > 0) void ask();
    return off;
  }, [roomId, entries]);
  return here;
}
