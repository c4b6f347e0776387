/** What a timeline on the screen is made of, and what the parts of a session may do with it. */
import type { HereView } from '../../../shared/contracts/chat.js';
import type { PersonView } from '../../../shared/contracts/members.js';
import type { EndReason } from '../../../shared/contracts/rights.js';
import type { RoomView } from '../../../shared/contracts/rooms.js';
import { emptyTimeline, type Timeline } from '../timeline.js';

/** A room's own timeline, or with `threadId` the one of a thread in it. */
export interface Place {
  roomId: string;
  threadId: string | null;
}

/** The message a list is to show and to mark. Each jump is a new one, to the same message too. */
export interface Target {
  seq: number;
}

export interface TimelineState {
  /** joining: not yet in, or between connections for the first time. out: one may not be here; `reason` says why where it is known. */
  status: 'joining' | 'in' | 'out';
  room: RoomView | null;
  timeline: Timeline;
  here: HereView | null;
  typing: readonly PersonView[];
  /** Why joining or catching up failed, where trying again may help. */
  problem: unknown;
  reason: EndReason | null;
  target: Target | null;
  /** When the server last said where the timeline stands (ms); null until it has. */
  checkedAt: number | null;
}

export const startingState: TimelineState = { status: 'joining', room: null, timeline: emptyTimeline, here: null, typing: [], problem: null, reason: null, target: null, checkedAt: null };

/** A session, as its parts see it. */
export interface Seat {
  readonly place: Place;
  get(): TimelineState;
  /** Changes the state, unless the session is closed. */
  change(part: Partial<TimelineState>): void;
  /**
   * Takes what came from the server into the timeline as it is by then, and settles what it says is stored. What was asked
   * for is answered while pushes are told: put into the timeline as it was asked, it would take them back.
   */
  take(change: (now: Timeline) => Timeline): void;
  isClosed(): boolean;
}
