/** The rooms' routes: which verb answers which. */
import { rooms } from '../../shared/contracts/rooms.js';
import type { Deps } from '../deps.js';
import { answerMember, type RouteEntry } from '../http/route.js';
import { createRoom } from './createRoom.js';
import { listRooms } from './listRooms.js';

export const roomsRoutes = (deps: Deps): RouteEntry[] => [
  answerMember(rooms.list, (actor) => listRooms(deps, actor)),
  answerMember(rooms.create, (actor, input) => createRoom(deps, actor, input)),
];
