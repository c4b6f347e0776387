import { rights } from '../../shared/contracts/rights.js';
import { mayEnterRoom } from '../access/accessRoom.js';
import type { Deps } from '../deps.js';
import { Room } from '../models/room.js';
import { connectionChannel } from '../realtime/channels.js';
import type { ChannelJudge } from '../realtime/rejudge.js';
import { takeOut } from './leaveRoom.js';

/** Judges connections that are inside rooms by the same gate as the door. */
export function roomJudge(deps: Deps): ChannelJudge {
  return {
    kind: 'room',
    async mayStay(actor, roomId) {
      const room = await Room.findById(roomId).lean();
      return room !== null && mayEnterRoom(actor, room, deps.now());
    },
    async onOut(actor, roomId, connection, reason) {
      await takeOut(deps, actor.memberId, roomId, connection);
      deps.publish(connectionChannel(connection.id), rights.leftRoom, { roomId, reason });
    },
  };
}
