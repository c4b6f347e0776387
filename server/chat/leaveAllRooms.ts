import type { Deps } from '../deps.js';
import type { Connection } from '../realtime/connection.js';
import { takeOut } from './leaveRoom.js';

/** Takes a closing connection out of every room it is in. The rooms are read before anything is awaited, while they are still known. */
export async function leaveAllRooms(deps: Deps, memberId: string, connection: Connection): Promise<void> {
  await Promise.all(connection.inside('room').map((roomId) => takeOut(deps, memberId, { roomId, threadId: null }, connection)));
}
