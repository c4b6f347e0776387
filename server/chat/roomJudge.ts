import { rights } from '../../shared/contracts/rights.js';
import { mayStayInRoom } from '../access/accessRoom.js';
import type { Deps } from '../deps.js';
import { connectionChannel, readThread, threadChannel } from '../realtime/channels.js';
import type { ChannelJudge } from '../realtime/rejudge.js';
import { takeOut } from './leaveRoom.js';

/** Judges connections that are inside rooms by the same gate as the door. */
export function roomJudge(deps: Deps): ChannelJudge {
  return {
    kind: 'room',
    mayStay: (actor, roomId) => mayStayInRoom(actor, roomId, deps.now()),
    async onOut(actor, roomId, connection, reason) {
      // Once it is told that it is out, nothing more of the room follows: its threads are left before.
      const threads = connection.inside('thread').map(readThread).filter((thread) => thread.roomId === roomId);
      await Promise.all(threads.map(({ threadId }) => connection.leave(threadChannel(roomId, threadId))));
      await takeOut(deps, actor.memberId, { roomId, threadId: null }, connection);
      deps.publish(connectionChannel(connection.id), rights.leftRoom, { roomId, reason });
    },
  };
}

/** Judges connections that have a thread open, be they in its room or not, by the room's gate. */
export function threadJudge(deps: Deps): ChannelJudge {
  return {
    kind: 'thread',
    mayStay: (actor, id) => mayStayInRoom(actor, readThread(id).roomId, deps.now()),
    onOut: () => Promise.resolve(),
  };
}
