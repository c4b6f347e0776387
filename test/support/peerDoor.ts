/** The stage through a guest's own socket, in the form a peer asks it in. */
import { stage } from '../../shared/contracts/live/stage.js';
import { AppError, type Reply } from '../../shared/failures.js';
import type { Guest } from './guest.js';
import type { PeerDoor } from './peer.js';

/** @throws Error - named by the failure's code, where the house refuses. */
export function doorOf(guest: Guest): PeerDoor {
  const dataOf = async <T>(asked: Promise<Reply<T>>): Promise<T> => {
    const reply = await asked;
    if (!reply.ok) throw Object.assign(new AppError('server.busy'), reply.failure);
    return reply.data;
  };
  return {
    join: (workshopId) => dataOf(guest.call(stage.join, { workshopId })),
    connect: async (_connectionId, input) => void (await dataOf(guest.call(stage.connect, input))),
    produce: (_connectionId, input) => dataOf(guest.call(stage.produce, input)),
    consume: (_connectionId, input) => dataOf(guest.call(stage.consume, input)),
    resume: async (_connectionId, input) => void (await dataOf(guest.call(stage.resume, input))),
  };
}
