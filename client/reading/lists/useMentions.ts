import { useCallback, useEffect, useRef, useState } from 'react';
import type { MessageView } from '../../../shared/contracts/messages.js';
import { reading } from '../../../shared/contracts/reading.js';
import { call, on, onConnected } from '../../api/socket.js';

/** Several messages that call at once are asked for once. Milliseconds. */
const gatherMs = 300;

export interface Mentions {
  /** Null until the house has answered. */
  messages: readonly MessageView[] | null;
  hasMore: boolean;
  error: unknown;
  loadMore: () => void;
  retry: () => void;
}

const nothing = { messages: null, hasMore: false, error: null };

/** The messages that call the member, the newest first; asked for anew when another does, or one no longer does. */
export function useMentions(): Mentions {
  const [state, setState] = useState<Pick<Mentions, 'messages' | 'hasMore' | 'error'>>(nothing);
  const asked = useRef(0);

  const load = useCallback(async (before: string | undefined): Promise<void> => {
    asked.current += 1;
    const own = asked.current;
    try {
      const page = await call(reading.mentions, before === undefined ? {} : { before });
      if (own !== asked.current) return;
      setState((now) => ({ messages: [...(before === undefined ? [] : (now.messages ?? [])), ...page.messages], hasMore: page.hasMore, error: null }));
    } catch (error) {
      if (own === asked.current) setState((now) => ({ ...now, error }));
    }
  }, []);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const again = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => void load(undefined), gatherMs);
    };
    const stops = [onConnected(() => void load(undefined)), on(reading.called, again), on(reading.rang, ({ calls }) => calls && again())];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [load]);

  return { ...state, loadMore: () => void load(state.messages?.at(-1)?.id), retry: () => void load(undefined) };
}
