import { rights } from '../../shared/contracts/rights.js';
import { mayEnterRoom } from '../access/accessRoom.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { Room } from '../models/room.js';
import { connectionChannel, roomOfThread } from '../realtime/channels.js';
import type { ChannelJudge } from '../realtime/rejudge.js';
import { takeOut } from './leaveRoom.js';

/** Judges connections that are inside rooms by the same gate as the door. */
export function roomJudge(deps: Deps): ChannelJudge {
  return {
    kind: 'room',
    mayStay: (actor, roomId) => mayBeIn(deps, actor, roomId),
    async onOut(actor, roomId, connection, reason) {
      await takeOut(deps, actor.memberId, { roomId, threadId: null }, connection);
      deps.publish(connectionChannel(connection.id), rights.leftRoom, { roomId, reason });
    },
  };
}

/** Judges connections that have a thread open by their room's gate. That they are out is told with the room. */
export function threadJudge(deps: Deps): ChannelJudge {
  return {
    kind: 'thread',
    mayStay: (actor, id) => mayBeIn(deps, actor, roomOfThread(id)),
    onOut: () => Promise.resolve(),
  };
}

async function mayBeIn(deps: Deps, actor: Actor, roomId: string): Promise<boolean> {
  const room = await Room.findById(roomId).lean();
  return room !== null && mayEnterRoom(actor, room, deps.now());
}
