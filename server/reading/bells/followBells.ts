import { enterableRooms } from '../../access/enterableRooms.js';
import type { Deps } from '../../deps.js';
import { bellChannel } from '../../realtime/channels.js';
import type { Follower } from '../../realtime/rejudge.js';

/** Keeps each connection within the bells of just those rooms that its member may enter. Nobody is told: it is silent when a bell is out of hearing. */
export function followBells(deps: Pick<Deps, 'now'>): Follower {
  return {
    async follow(actor, connection) {
      const rooms = await enterableRooms(actor, deps.now());
      const may = new Set(rooms.map(({ _id }) => String(_id)));
      const gone = connection.inside('bell').filter((roomId) => !may.has(roomId));
      const missing = [...may].filter((roomId) => !connection.isIn(bellChannel(roomId)));
      await Promise.all([...gone.map((roomId) => connection.leave(bellChannel(roomId))), ...missing.map((roomId) => connection.enter(bellChannel(roomId)))]);
    },
  };
}
