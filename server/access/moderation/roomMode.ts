/** How a room is spoken in, as everybody inside sees it. */
import type { RoomMode, RoomModeView } from '../../../shared/contracts/moderation.js';
import type { RoomDocument } from '../../models/room.js';

/** The mode a room has that was never given one. */
export const normalMode: RoomMode = { kind: 'normal' };

/** The mode of a room, for its view and for whoever tells of a change. */
export function viewRoomMode({ spoken }: Pick<RoomDocument, 'spoken'>): RoomModeView {
  return { mode: spoken?.mode ?? normalMode, isAutomatic: spoken?.isAutomatic ?? false, since: spoken?.since.toISOString() ?? null };
}
