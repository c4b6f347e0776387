/** How a node is drained for a deploy: everybody on it is moved to other nodes before it closes. */
import { setTimeout as pass } from 'node:timers/promises';
import type { Stages } from './media/stages.js';
import type { Logger } from './platform/logger.js';
import type { Nodes } from './platform/cluster/nodes.js';
import type { AppIo } from './realtime/connection.js';
import { moveSockets } from './realtime/moveSockets.js';

export interface MoveOutOptions {
  /** For how long it is only said that the node leaves: longer than the load balancer takes to find out. Milliseconds. */
  noticeMs: number;
  /** Ends the moving; whoever is left then is cut off when the node closes. */
  signal: AbortSignal;
}

export interface MoveOut {
  /**
   * Says in Redis, on `/readyz` and to those on its stages that the node leaves; then moves stages, and after them
   * connections. Where there is nobody to move, or nowhere to move to, it resolves at once.
   */
  run(options: MoveOutOptions): Promise<void>;
  hasBegun(): boolean;
  /** Whether whoever comes in now is to try another node. */
  isClosedToNew(): boolean;
}

interface MoveOutDeps {
  io: AppIo;
  stages: Stages;
  nodes: Nodes;
  log: Logger;
}

/** How often it is looked whether there is still something to wait for. Milliseconds. */
const lookEveryMs = 250;

export function createMoveOut({ io, stages, nodes, log }: MoveOutDeps): MoveOut {
  let hasBegun = false;
  let isClosedToNew = false;
  const whatIsHere = () => ({ connections: io.engine.clientsCount, stages: stages.count() });
  const isAnybodyHere = (): boolean => io.engine.clientsCount > 0 || stages.count() > 0;
  const mayMove = async (): Promise<boolean> => isAnybodyHere() && (await nodes.others()).length > 0;

  const giveNotice = async ({ noticeMs, signal }: MoveOutOptions): Promise<void> => {
    const until = performance.now() + noticeMs;
    while (!signal.aborted && performance.now() < until && (await mayMove())) {
      await pass(lookEveryMs, undefined, { signal }).catch(() => undefined);
    }
  };
  const run = async (options: MoveOutOptions): Promise<void> => {
    hasBegun = true;
    await nodes.leave();
    if (!(await mayMove())) {
      log.info(whatIsHere(), 'nobody is here, or no other node is open to move them to: this one leaves at once');
      return;
    }
    log.info(whatIsHere(), 'everybody is being moved to other nodes');
    stages.announceMove();
    await giveNotice(options);
    if (options.signal.aborted || !(await mayMove())) return;
    isClosedToNew = true;
    await stages.moveOut();
    // Those on stages lose their pictures now: they come back first, and once.
    await moveSockets(io, (connectionId) => stages.hasSeat(connectionId), options.signal);
    log.info(whatIsHere(), 'whoever could be moved has been');
  };
  return { run, hasBegun: () => hasBegun, isClosedToNew: () => isClosedToNew };
}
