import { useEffect, useState } from 'react';
import { messages, type MessageView } from '../../../shared/contracts/messages.js';
import { call, on, onConnected } from '../../api/socket.js';

export interface Pins {
  /** The latest pinned first; null until they are known. */
  pinned: readonly MessageView[] | null;
  problem: unknown;
  ask: () => void;
}

/** A room's pinned messages while somebody looks at them; asked again when one is pinned, changed or taken down. */
export function usePins(roomId: string): Pins {
  const [state, setState] = useState<Omit<Pins, 'ask'>>({ pinned: null, problem: null });
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    let isWanted = true;
    let known = new Set<string>();
    const ask = (): void => {
      call(messages.pins, { roomId }).then(
        (pinned) => {
          if (!isWanted) return;
          known = new Set(pinned.map(({ id }) => id));
          setState({ pinned, problem: null });
        },
        (problem: unknown) => isWanted && setState((before) => ({ ...before, problem })),
      );
    };
    const stops = [
      on(messages.changed, (change) => {
        if (change.roomId === roomId && change.messages.some(({ id, pinnedAt }) => pinnedAt !== null || known.has(id))) ask();
      }),
      onConnected(ask),
    ];
    return () => {
      isWanted = false;
      for (const stop of stops) stop();
    };
  }, [roomId, asked]);
  return { ...state, ask: () => setAsked(asked + 1) };
}
