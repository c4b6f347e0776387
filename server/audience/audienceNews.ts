import { audience, type AudienceView, type Reaction } from '../../shared/contracts/live/audience.js';
import type { Ground } from '../ground.js';
import { workshopChannel } from '../realtime/channels.js';

/** Who watches a workshop, over all nodes, and what they show; told to those inside in few words, however many they are. */
export interface AudienceNews {
  /** A connection came into the workshop. Coming again changes nothing. */
  came(workshopId: string, memberId: string, connectionId: string): Promise<void>;
  /** It left. Harmless where it was not inside. */
  left(workshopId: string, memberId: string, connectionId: string): Promise<void>;
  count(workshopId: string): Promise<AudienceView>;
  /** A member shows something. */
  reacted(workshopId: string, reaction: Reaction): void;
  /** Tells nothing more. */
  close(): void;
}

export interface AudiencePauses {
  /** How long comings and goings are gathered before they are told. */
  countMs: number;
  /** How long what is shown is gathered. */
  reactionsMs: number;
  /** How often the count is told though nobody came or went here: a node that was killed took its people along untold. */
  againMs: number;
}

const usualPauses: AudiencePauses = { countMs: 2_000, reactionsMs: 500, againMs: 15_000 };

export function createAudienceNews({ publish, presence, log }: Pick<Ground, 'publish' | 'presence' | 'log'>, pauses: Partial<AudiencePauses> = {}): AudienceNews {
  const { countMs, reactionsMs, againMs } = { ...usualPauses, ...pauses };
  const place = (workshopId: string): string => workshopChannel(workshopId);
  /** This node's connections inside, by workshop. */
  const inside = new Map<string, Set<string>>();

  const count = async (workshopId: string): Promise<AudienceView> => ({ workshopId, count: (await presence.list(place(workshopId), 0)).count });
  const counts = gather(countMs, (workshopId) => {
    count(workshopId).then(
      (view) => publish(workshopChannel(workshopId), audience.counted, view),
      (error: unknown) => log.warn({ workshopId, err: error }, 'an audience could not be counted'),
    );
  });
  const reactions = gatherReactions({ publish }, reactionsMs);
  const again = setInterval(() => {
    for (const workshopId of inside.keys()) counts.soon(workshopId);
  }, againMs).unref();

  return {
    count,
    async came(workshopId, memberId, connectionId) {
      inside.set(workshopId, (inside.get(workshopId) ?? new Set()).add(connectionId));
      await presence.enter(place(workshopId), memberId, connectionId);
      counts.soon(workshopId);
    },
    async left(workshopId, memberId, connectionId) {
      const wasInside = inside.get(workshopId)?.delete(connectionId) ?? false;
      if (inside.get(workshopId)?.size === 0) inside.delete(workshopId);
      await presence.leave(place(workshopId), memberId, connectionId);
      if (wasInside) counts.soon(workshopId);
    },
    reacted: (workshopId, reaction) => reactions.add(workshopId, reaction),
    close() {
      clearInterval(again);
      counts.close();
      reactions.close();
    },
  };
}

/** What is shown in a workshop within a span is told as one. */
function gatherReactions({ publish }: Pick<Ground, 'publish'>, spanMs: number): { add(workshopId: string, reaction: Reaction): void; close(): void } {
  const shown = new Map<string, Map<Reaction, number>>();
  const telling = gather(spanMs, (workshopId) => {
    const counts = [...(shown.get(workshopId) ?? [])].map(([reaction, count]) => ({ reaction, count }));
    shown.delete(workshopId);
    publish(workshopChannel(workshopId), audience.reacted, { workshopId, counts });
  });
  return {
    add(workshopId, reaction) {
      const times = shown.get(workshopId) ?? new Map<Reaction, number>();
      shown.set(workshopId, times.set(reaction, (times.get(reaction) ?? 0) + 1));
      telling.soon(workshopId);
    },
    close: telling.close,
  };
}

/** Works once for all that is asked of a workshop within a span, at its end. */
function gather(spanMs: number, work: (workshopId: string) => void): { soon(workshopId: string): void; close: () => void } {
  const timers = new Map<string, NodeJS.Timeout>();
  let isClosed = false;
  return {
    soon(workshopId) {
      if (isClosed || timers.has(workshopId)) return;
      const due = (): void => {
        timers.delete(workshopId);
        work(workshopId);
      };
      timers.set(workshopId, setTimeout(due, spanMs).unref());
    },
    close() {
      isClosed = true;
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
