import { Types } from 'mongoose';
import type { z } from 'zod';
import type { moderation, RoomMode, RoomModeView } from '../../../shared/contracts/moderation.js';
import { accessModeration } from '../../access/accessModeration.js';
import type { Actor } from '../../access/actor.js';
import { viewRoomMode } from '../../access/moderation/roomMode.js';
import type { Deps } from '../../deps.js';
import type { RoomDocument } from '../../models/room.js';
import { changeMode } from './changeMode.js';

/**
 * Sets how a room is spoken in. Where it was set so by hand already nothing changes, and nothing is written down; a mode
 * that the house set by itself becomes one set by hand.
 *
 * @throws room.not_found - absent, or not this actor's to see.
 * @throws role.required - they may be in it, and no more.
 */
export async function setMode(deps: Deps, actor: Actor, { roomId, mode }: z.output<typeof moderation.setMode.input>): Promise<RoomModeView> {
  for (;;) {
    const room = await accessModeration(actor, roomId, deps.now());
    if (isSetByHand(room, mode)) return viewRoomMode(room);
    const changed = await changeMode(deps, room, { mode, isAutomatic: false, byId: new Types.ObjectId(actor.memberId), loudAt: null });
    // Somebody else was faster: what is asked now is judged by what stands now.
    if (changed) return changed;
  }
}

function isSetByHand({ spoken }: RoomDocument, mode: RoomMode): boolean {
  if (!spoken?.byId) return false;
  return spoken.mode.kind === mode.kind && (mode.kind !== 'slow' || (spoken.mode.kind === 'slow' && spoken.mode.seconds === mode.seconds));
}
