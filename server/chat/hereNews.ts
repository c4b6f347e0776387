import { chat, type HereView } from '../../shared/contracts/chat.js';
import { limits } from '../../shared/limits.js';
import type { Ground } from '../ground.js';
import { Member } from '../models/member.js';
import { readChannel, roomChannel } from '../realtime/channels.js';

/** Tells rooms who is there, however many come and go. */
export interface HereNews {
  /** Someone came to the room or left it. A quiet room is told at once, a busy one once a second; it always hears of the last change. */
  changed(roomId: string): void;
  /**
   * The member did something, wherever it was; coming to a room is not doing something. Whoever was away is told of at
   * once, everybody else with the next news of their rooms, a minute later at most.
   */
  heard(memberId: string): void;
  /** What the member says of themselves is another: all rooms they are in are told. */
  statusChanged(memberId: string): void;
  /** Tells nothing more. */
  close(): void;
}

export interface HereNewsPauses {
  /** The least time between two tellings of one room by this node. */
  pauseMs: number;
  /** How long it may take until a room hears that somebody it knows is still there. */
  lazyMs: number;
  /** A member who does a lot is heard once in so long. */
  hearEveryMs: number;
}

const usualPauses: HereNewsPauses = { pauseMs: 1_000, lazyMs: 60_000, hearEveryMs: 20_000 };

/** What nodes say to each other of a person. */
interface PersonNews {
  memberId: string;
  /** Their rooms are told now, not with the next news. */
  isUrgent: boolean;
}

type Needs = Pick<Ground, 'publish' | 'presence' | 'bus' | 'log' | 'now'>;

export function createHereNews(deps: Needs, pauses: Partial<HereNewsPauses> = {}): HereNews {
  const { pauseMs, lazyMs, hearEveryMs } = { ...usualPauses, ...pauses };
  const rooms = createRoomNews(deps, pauseMs, lazyMs);
  const lastHeard = new Map<string, number>();

  const tellOfPerson = (news: PersonNews): void => deps.bus.publish('person', news);
  deps.bus.subscribe('person', (data) => {
    const { memberId, isUrgent } = data as PersonNews;
    for (const place of deps.presence.placesOf(memberId)) {
      const channel = readChannel(place);
      if (channel?.kind === 'room') rooms.tell(channel.id, isUrgent);
    }
  });
  const hear = async (memberId: string, at: number): Promise<void> => {
    const before = (await deps.presence.heardAt([memberId])).get(memberId) ?? 0;
    await deps.presence.hear(memberId, at);
    tellOfPerson({ memberId, isUrgent: at - before >= limits.awayMinutes * 60_000 });
  };

  return {
    changed: (roomId) => rooms.tell(roomId, true),
    heard(memberId) {
      const at = deps.now().getTime();
      if (Math.abs(at - (lastHeard.get(memberId) ?? -Infinity)) < hearEveryMs) return;
      // The oldest entries come first; most of them are of people who have gone since.
      for (const [known, last] of lastHeard) {
        if (at - last < hearEveryMs) break;
        lastHeard.delete(known);
      }
      lastHeard.delete(memberId);
      lastHeard.set(memberId, at);
      void hear(memberId, at);
    },
    statusChanged: (memberId) => tellOfPerson({ memberId, isUrgent: true }),
    close: () => rooms.close(),
  };
}

/** The tellings of this node, by room. */
function createRoomNews(deps: Needs, pauseMs: number, lazyMs: number) {
  const pulses = new Map<string, Pulse>();
  const lazy = new Map<string, NodeJS.Timeout>();
  let isClosed = false;

  const teller = (roomId: string): (() => Promise<void>) => {
    let last = '';
    return async () => {
      clearTimeout(lazy.get(roomId));
      lazy.delete(roomId);
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
  const tellNow = (roomId: string): void => {
    const pulse = pulses.get(roomId);
    if (pulse) pulse.poke();
    else if (!isClosed) pulses.set(roomId, startPulse(teller(roomId), pauseMs, () => pulses.delete(roomId)));
  };

  return {
    tell(roomId: string, isUrgent: boolean): void {
      if (isUrgent) tellNow(roomId);
      else if (!isClosed && !lazy.has(roomId)) lazy.set(roomId, setTimeout(() => tellNow(roomId), lazyMs).unref());
    },
    close(): void {
      isClosed = true;
      for (const pulse of pulses.values()) pulse.stop();
      for (const timer of lazy.values()) clearTimeout(timer);
      pulses.clear();
      lazy.clear();
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
export async function readHere({ presence }: Pick<Ground, 'presence'>, roomId: string): Promise<HereView> {
  const { count, memberIds } = await presence.list(roomChannel(roomId), limits.presenceNamesMax);
  if (count > limits.presenceNamesMax) return { roomId, count, people: [] };
  const [people, heardAt] = await Promise.all([Member.peopleAndStatus(memberIds), presence.heardAt(memberIds)]);
  const here = people.map((person) => ({ ...person, heardAt: new Date(heardAt.get(person.id) ?? 0).toISOString() }));
  return { roomId, count, people: here.toSorted((one, other) => one.name.localeCompare(other.name) || one.id.localeCompare(other.id)) };
}
