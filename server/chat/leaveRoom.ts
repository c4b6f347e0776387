import type { TimelineAt } from '../../shared/contracts/messages.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { timelineChannel } from '../realtime/channels.js';
import type { Connection } from '../realtime/connection.js';

/** Leaves a room, or a thread of it, on this connection. Whoever is not in it is out already. */
export async function leaveRoom(deps: Deps, actor: Actor, at: TimelineAt, connection: Connection): Promise<Record<string, never>> {
  if (connection.isIn(timelineChannel(at.roomId, at.threadId))) await takeOut(deps, actor.memberId, at, connection);
  return {};
}

/** Takes a connection out of a timeline: it hears nothing more of it and, of a room, nobody sees it there. */
export async function takeOut(deps: Deps, memberId: string, { roomId, threadId }: TimelineAt, connection: Connection): Promise<void> {
  const channel = timelineChannel(roomId, threadId);
  await connection.leave(channel);
  if (threadId !== null) return;
  await deps.presence.leave(channel, memberId, connection.id);
  deps.here.changed(roomId);
}
