/** The seats of this node's connections: who sits on which stage, and on which node that stage stands. */
import { z } from 'zod';
import type { Lease } from './stageLeases.js';

/** One connection in one workshop. */
export const SeatName = z.object({ workshopId: z.string(), connectionId: z.string() });
export type SeatName = z.infer<typeof SeatName>;

/** Of what a node named to the holder, what is not there any more; pipes by their workshops. */
export const Missing = z.object({ seats: z.array(SeatName), pipes: z.array(z.string()) });
export type Missing = z.infer<typeof Missing>;

/** Where one connection sits in one workshop. */
export interface Seat extends SeatName {
  /** The holder of the stage; null while it is being found. */
  at: Lease | null;
  /** Whether media comes to the connection from its own node, though the stage stands on another. */
  receivesHere: boolean;
  hasJoined: boolean;
}

export class Seats {
  readonly #seats = new Map<string, Seat>();

  find(workshopId: string, connectionId: string): Seat | null {
    return this.#seats.get(keyOf({ workshopId, connectionId })) ?? null;
  }

  /** Begins a join. Until its place is known, what the connection had is where it was. */
  take(workshopId: string, connectionId: string): Seat {
    const before = this.find(workshopId, connectionId);
    const seat: Seat = { workshopId, connectionId, at: before?.at ?? null, receivesHere: before?.receivesHere ?? false, hasJoined: false };
    this.#seats.set(keyOf(seat), seat);
    return seat;
  }

  /** Whether this is still the connection's seat: it has neither left nor joined once more. */
  isCurrent(seat: Seat): boolean {
    return this.#seats.get(keyOf(seat)) === seat;
  }

  /** Gives a seat up, unless it is no longer current; answers whether it was. */
  giveUp(seat: Seat): boolean {
    return this.isCurrent(seat) && this.#seats.delete(keyOf(seat));
  }

  /** Whether a connection sits on any stage. */
  has(connectionId: string): boolean {
    return [...this.#seats.values()].some((seat) => seat.connectionId === connectionId);
  }

  /** The seats on stages of other nodes, by node. */
  away(ownNode: string): Map<string, Seat[]> {
    const holders = groupBy(this.#seats.values(), (seat) => seat.at?.nodeId ?? ownNode);
    holders.delete(ownNode);
    return holders;
  }
}

/** A name for a seat that is its own. */
export function keyOf({ workshopId, connectionId }: SeatName): string {
  return `${workshopId} ${connectionId}`;
}

export function groupBy<T>(items: Iterable<T>, nameOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const known = groups.get(nameOf(item));
    if (known) known.push(item);
    else groups.set(nameOf(item), [item]);
  }
  return groups;
}
