import type { InWorkshop } from '../../shared/contracts/workshops.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import type { Connection } from '../realtime/connection.js';
import { letOut } from './inside/letOut.js';

/** Leaves a workshop on this connection, and its stage. No right is needed to leave, and leaving twice is harmless. */
export async function leaveWorkshop(deps: Deps, actor: Actor, input: InWorkshop, connection: Connection): Promise<Record<string, never>> {
  await letOut(deps, input.workshopId, actor.memberId, connection, 'left');
  return {};
}
