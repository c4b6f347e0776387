import { moderation, type RoomModeView } from '../../../shared/contracts/moderation.js';
import { viewRoomMode } from '../../access/moderation/roomMode.js';
import type { Deps } from '../../deps.js';
import { auditOf, writeDown } from '../../models/moderation/auditEntry.js';
import { Room, type RoomDocument, type StoredMode } from '../../models/room.js';
import { roomChannel } from '../../realtime/channels.js';

/**
 * Changes how a room is spoken in, from the very mode it was read with, and tells those inside.
 *
 * @returns null when somebody has changed it since it was read.
 */
export async function changeMode(deps: Pick<Deps, 'now' | 'publish' | 'roomChanged'>, room: RoomDocument, to: Omit<StoredMode, 'since'>): Promise<RoomModeView | null> {
  const now = deps.now();
  // Later than what it follows, so that of two pushes that overtake each other the later one is known.
  const since = new Date(Math.max(now.getTime(), (room.spoken?.since.getTime() ?? 0) + 1));
  const entry = auditOf('mode_set', now, { byId: to.byId, roomId: room._id, mode: to.mode });
  const changed = await Room.changeMode(room, { ...to, since }, entry);
  if (!changed) return null;
  deps.roomChanged(String(room._id));
  const view = viewRoomMode(changed);
  deps.publish(roomChannel(String(room._id)), moderation.modeChanged, { roomId: String(room._id), mode: view });
  await writeDown(Room, changed);
  return view;
}
