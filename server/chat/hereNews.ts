import { chat, type HereView } from '../../shared/contracts/chat.js';
import { limits } from '../../shared/limits.js';
import type { Deps } from '../deps.js';
import { Member } from '../models/member.js';
import { roomChannel } from '../realtime/channels.js';

/** Tells rooms who is there, however many come and go. */
export interface HereNews {
  /** Someone came to the room or left it. A quiet room is told at once, a busy one once a second; it always hears of the last change. */
  changed(roomId: string): void;
  /** Tells nothing more. */
  close(): void;
}

/** @param pauseMs - the least time between two tellings of one room by this node. */
export function createHereNews(deps: Pick<Deps, 'publish' | 'presence' | 'log'>, pauseMs = 1_000): HereNews {
  const pulses = new Map<string, Pulse>();
  let isClosed = false;

  const teller = (roomId: string): (() => Promise<void>) => {
    let last = '';
    return async () => {
      try {
        const view = await readHere(deps, roomId);
        // A second tab comes and goes without anyone else being there or not.
        if (!isClosed && JSON.stringify(view) !== last) deps.publish(roomChannel(roomId), chat.hereChanged, view);
        last = JSON.stringify(view);
      } catch (error) {
        deps.log.warn({ roomId, err: error }, 'a room could not be told who is there');
      }
    };
  };

  return {
    changed(roomId) {
      const pulse = pulses.get(roomId);
      if (pulse) pulse.poke();
      else if (!isClosed) pulses.set(roomId, startPulse(teller(roomId), pauseMs, () => pulses.delete(roomId)));
    },
    close() {
      isClosed = true;
      for (const pulse of pulses.values()) pulse.stop();
      pulses.clear();
    },
  };
}

interface Pulse {
  poke(): void;
  stop(): void;
}

/** Works at once, and again after each pause in which it was poked. The first pause without a poke ends it. */
function startPulse(work: () => Promise<void>, pauseMs: number, ended: () => void): Pulse {
  let isPoked = false;
  let timer: NodeJS.Timeout | null = null;
  let isStopped = false;

  const beat = async (): Promise<void> => {
    isPoked = false;
    await work();
    if (isStopped) return;
    timer = setTimeout(() => {
      if (isPoked) void beat();
      else ended();
    }, pauseMs);
    timer.unref();
  };
  void beat();
  return {
    poke: () => {
      isPoked = true;
    },
    stop: () => {
      isStopped = true;
      if (timer) clearTimeout(timer);
    },
  };
}

/** Who is in a room now: always how many, and their names (in their order) while they are few enough to be read. */
export async function readHere({ presence }: Pick<Deps, 'presence'>, roomId: string): Promise<HereView> {
  const { count, memberIds } = await presence.list(roomChannel(roomId), limits.presenceNamesMax);
  const people = count > limits.presenceNamesMax ? [] : [...(await Member.people(memberIds)).values()];
  const heard = people.map((person) => ({ ...person, status: 'available' as const, heardAt: new Date(0).toISOString() }));
  return { roomId, count, people: heard.toSorted((one, other) => one.name.localeCompare(other.name) || one.id.localeCompare(other.id)) };
}
