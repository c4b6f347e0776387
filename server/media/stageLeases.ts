/** Who holds which stage: a lease with a fencing token, the stage's epoch. */

/** A node's hold on a stage, under the epoch it was taken with. */
export interface Lease {
  nodeId: string;
  epoch: number;
}

/** A lease as it stands after someone tried to take it. */
export interface TakenLease extends Lease {
  /** True when another node held it before and did not give it back: its guests do not know yet. */
  wasLost: boolean;
}

export interface StageLeases {
  /** For how long a lease stands when nobody renews it. */
  readonly leaseMs: number;
  /** Each may throw server.busy: the leases cannot be reached now. */
  find(workshopId: string): Promise<Lease | null>;
  /**
   * Takes a lease under a new epoch, higher than all before. It goes through when nobody holds it, when this node does, or
   * when the holder is still the one named by `over`: one that was asked and did not answer. Answers who holds it now.
   */
  take(workshopId: string, nodeId: string, over: Lease | null): Promise<TakenLease>;
  /** Renews a lease that is held. Answers who holds it now: somebody else, where it was lost meanwhile; null when nobody does. */
  renew(workshopId: string, lease: Lease): Promise<Lease | null>;
  /** Gives a lease back. Harmless when it is no longer this one. */
  release(workshopId: string, lease: Lease): Promise<void>;
}

/** The leases of a node that is alone: they are all its own, until the process ends and its stages with it. */
export function memoryStageLeases(now: () => Date = () => new Date()): StageLeases {
  const held = new Map<string, Lease>();
  const epochs = new Map<string, number>();
  return {
    leaseMs: 10_000,
    find: (workshopId) => Promise.resolve(held.get(workshopId) ?? null),
    take(workshopId, nodeId) {
      // Never below the clock's seconds, so that an epoch is higher than those of the process before this one too.
      const epoch = Math.max((epochs.get(workshopId) ?? 0) + 1, Math.floor(now().getTime() / 1_000));
      epochs.set(workshopId, epoch);
      held.set(workshopId, { nodeId, epoch });
      return Promise.resolve({ nodeId, epoch, wasLost: false });
    },
    renew: (workshopId) => Promise.resolve(held.get(workshopId) ?? null),
    release(workshopId, lease) {
      if (held.get(workshopId)?.epoch === lease.epoch) held.delete(workshopId);
      return Promise.resolve();
    },
  };
}
