/** Who is in a room, over all nodes. An entry lives by a lease that its node renews, so a crash ends it by itself. */

export interface Presence {
  /** Answers whether the member was not there before (on any connection). */
  enter(place: string, memberId: string, connectionId: string): Promise<boolean>;
  /** Answers whether that was the member's last connection there. */
  leave(place: string, memberId: string, connectionId: string): Promise<boolean>;
  /** The members there now, each once, at most `max` of them, and how many there are in all. */
  list(place: string, max: number): Promise<{ count: number; memberIds: string[] }>;
  /** Stops renewing and takes this node's entries out. */
  close(): Promise<void>;
}
