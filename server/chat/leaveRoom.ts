import type { InRoom } from '../../shared/contracts/chat.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { roomChannel } from '../realtime/channels.js';
import type { Connection } from '../realtime/connection.js';

/** Leaves a room on this connection. Whoever is not in it is out already. */
export async function leaveRoom(deps: Deps, actor: Actor, { roomId }: InRoom, connection: Connection): Promise<Record<string, never>> {
  if (connection.isIn(roomChannel(roomId))) await takeOut(deps, actor.memberId, roomId, connection);
  return {};
}

/** Takes a connection out of a room: it hears nothing more, and nobody sees it there. */
export async function takeOut(deps: Deps, memberId: string, roomId: string, connection: Connection): Promise<void> {
  const channel = roomChannel(roomId);
  await connection.leave(channel);
  await deps.presence.leave(channel, memberId, connection.id);
  deps.here.changed(roomId);
}
