/**
 * Tells the house that the member is at the keyboard: on what a hand does, never on what the page does by itself, and no
 * oftener than it needs to be known.
 */
import { presence } from '../../shared/contracts/presence.js';
import { limits } from '../../shared/limits.js';
import { connection } from '../api/connection.js';
import { rememberMe, session } from '../api/session.js';
import { call, on } from '../api/socket.js';
import { setHouseTime } from './clock.js';

const acts = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const;
const tellEveryMs = limits.heardEverySeconds * 1_000;

/** Begins to listen. Called once, by the root of the page; the answer ends it. */
export function openPresence(): () => void {
  let toldAt = -Infinity;
  let toldOf: string | null = null;

  const tell = async (): Promise<void> => {
    try {
      setHouseTime((await call(presence.heard, {})).heardAt);
    } catch {
      // The next act tells it.
      toldAt = -Infinity;
    }
  };
  const hear = (event: Event): void => {
    const me = session.get().me?.id ?? null;
    const now = performance.now();
    if (!event.isTrusted || me === null || connection.get().state !== 'online' || (toldOf === me && now - toldAt < tellEveryMs)) return;
    toldAt = now;
    toldOf = me;
    void tell();
  };
  for (const act of acts) addEventListener(act, hear, { passive: true, capture: true });
  const stop = on(presence.changed, ({ status }) => {
    const { me } = session.get();
    if (me !== null) rememberMe({ ...me, status });
  });
  return () => {
    for (const act of acts) removeEventListener(act, hear, { capture: true });
    stop();
  };
}
