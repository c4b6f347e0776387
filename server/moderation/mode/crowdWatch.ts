/**
 * Makes a room slow by itself while too much is said in it by too many, and normal again when it has become quiet.
 *
 * How much is said a node sees by the numbers of the messages it stores itself: `seq` rises without gaps over all nodes,
 * so the difference of two of them counts what the other nodes stored in between, and no node has to ask another.
 */
import { limits } from '../../../shared/limits.js';
import { normalMode } from '../../access/moderation/roomMode.js';
import type { Deps } from '../../deps.js';
import type { TimelineKey } from '../../models/messages/message.js';
import { Room, type RoomDocument } from '../../models/room.js';
import { roomChannel } from '../../realtime/channels.js';
import { changeMode } from './changeMode.js';

export interface CrowdWatch {
  /** This node has stored messages of one timeline, under the numbers `first` to `last`. */
  posted(timeline: TimelineKey, first: number, last: number): void;
  /** Makes rooms normal again that have been quiet for long enough. Any node does it, whichever made them slow. */
  calmDown(): Promise<void>;
}

/** What is said is looked at once in so long, however many messages come. */
const lookEveryMs = 2_000;
const windowMs = limits.crowdSeconds * 1_000;
const quietMs = limits.crowdQuietMinutes * 60_000;
const handsOffMs = limits.crowdHandsOffMinutes * 60_000;

/** A timeline in which something was said within the window. */
interface Pulse {
  /** For each look, rising: when it was, and the newest `seq` before it. */
  looks: { at: number; before: number }[];
}

export function createCrowdWatch(deps: Pick<Deps, 'now' | 'publish' | 'presence' | 'roomChanged' | 'log'>): CrowdWatch {
  const pulses = new Map<string, Pulse>();

  const heed = async (roomId: string, said: number): Promise<void> => {
    try {
      if (said > limits.crowdMessages) await makeSlow(deps, roomId);
      if (said > limits.crowdMessages / 2) await keepSlow(roomId, deps.now());
    } catch (error) {
      deps.log.warn({ roomId, err: error }, 'a crowded room could not be made slow');
    }
  };

  return {
    posted({ roomId, threadId }, first, last) {
      const at = deps.now().getTime();
      const key = `${roomId} ${threadId ?? ''}`;
      const pulse = pulses.get(key) ?? { looks: [] };
      pulses.set(key, pulse);
      const previous = pulse.looks.at(-1)?.at ?? -Infinity;
      if (at - previous < lookEveryMs) return;
      pulse.looks = [...pulse.looks.filter((look) => look.at > at - windowMs), { at, before: first - 1 }];
      void heed(roomId, last - (pulse.looks[0]?.before ?? last));
    },
    async calmDown() {
      const now = deps.now();
      for (const [key, { looks }] of pulses) if ((looks.at(-1)?.at ?? 0) <= now.getTime() - windowMs) pulses.delete(key);
      const quiet = await Room.find({ 'spoken.isAutomatic': true, 'spoken.loudAt': { $lte: new Date(now.getTime() - quietMs) } }).lean();
      for (const room of quiet) await changeMode(deps, room, { mode: normalMode, isAutomatic: false, byId: null, loudAt: null });
    },
  };
}

/** Of several nodes that see the crowd at the same time one changes the mode, and so writes one entry: the write is conditional. */
async function makeSlow(deps: Pick<Deps, 'now' | 'publish' | 'presence' | 'roomChanged'>, roomId: string): Promise<void> {
  const room = await Room.findById(roomId).lean();
  if (!room || !isLeftToTheHouse(room, deps.now())) return;
  const { count } = await deps.presence.list(roomChannel(roomId), 0);
  if (count <= limits.crowdPeople) return;
  await changeMode(deps, room, { mode: { kind: 'slow', seconds: limits.crowdSlowSeconds }, isAutomatic: true, byId: null, loudAt: deps.now() });
}

/** A mode that somebody set stands until somebody takes it back; and who made the room normal by hand wants it so for now. */
function isLeftToTheHouse({ spoken }: RoomDocument, now: Date): boolean {
  if (!spoken) return true;
  return spoken.mode.kind === 'normal' && (spoken.byId === null || spoken.since.getTime() <= now.getTime() - handsOffMs);
}

async function keepSlow(roomId: string, now: Date): Promise<void> {
  await Room.updateOne({ _id: roomId, 'spoken.isAutomatic': true }, { $set: { 'spoken.loudAt': now } });
}
