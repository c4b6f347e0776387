import { accessRestriction } from '../../access/moderation/accessRestriction.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { writeDown } from '../../models/moderation/auditEntry.js';
import { Restriction } from '../../models/moderation/restriction.js';
import { tellRestriction } from './tellRestriction.js';

/**
 * Lifts a restriction. One that is over already stays over: a retry, or a second moderator, is told that it is.
 *
 * @throws restriction.not_found - absent, or of a place that is not this actor's to moderate; the two look alike on purpose.
 * @throws role.required - of a member whom this actor may not let go: themself, or one of the team.
 */
export async function liftRestriction(deps: Deps, actor: Actor, { restrictionId }: { restrictionId: string }): Promise<Record<string, never>> {
  const { _id } = await accessRestriction(actor, restrictionId, deps.now());
  const lifted = await Restriction.lift(_id, actor.memberId, deps.now());
  if (!lifted) return {};
  await tellRestriction(deps, lifted, true);
  await writeDown(Restriction, lifted);
  return {};
}
