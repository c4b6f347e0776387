import type { RestrictionView } from '../../../shared/contracts/moderation.js';
import { accessPlace } from '../../access/moderation/accessRestriction.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { Restriction } from '../../models/moderation/restriction.js';
import { viewRestrictions } from '../moderation.views.js';

/**
 * The restrictions that stand now in one room or, with `roomId` null, everywhere; the newest first.
 *
 * @throws room.not_found - absent, or not this actor's to see.
 * @throws role.required - not theirs to moderate.
 */
export async function listRestrictions(deps: Deps, actor: Actor, { roomId }: { roomId: string | null }): Promise<RestrictionView[]> {
  await accessPlace(actor, roomId, deps.now());
  return viewRestrictions(await Restriction.findStanding({ roomId }, deps.now()));
}
