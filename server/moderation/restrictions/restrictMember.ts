import { Types } from 'mongoose';
import type { Restrict, RestrictionView } from '../../../shared/contracts/moderation.js';
import { AppError } from '../../../shared/failures.js';
import { accessHoldingBack, accessPlace } from '../../access/moderation/accessRestriction.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { writeDown } from '../../models/moderation/auditEntry.js';
import { Restriction, type RestrictionDocument } from '../../models/moderation/restriction.js';
import { tellRestriction } from './tellRestriction.js';
import { viewRestrictions } from '../moderation.views.js';

const minuteMs = 60_000;

/**
 * Times a member out, or bans them, in one room or in the whole house. It holds from the moment it is stored; by the
 * answer the member is out of what they are banned from, on this node, and on the others as soon as they hear of it.
 *
 * A retry carries the same `clientRestrictionId` and gets the same restriction back. It is told again, for the first try
 * may have been cut off before that.
 *
 * @throws room.not_found - absent, or not this actor's to see.
 * @throws member.not_found - there is no such member.
 * @throws role.required - not this actor's to moderate, or not a member they may hold back.
 */
export async function restrictMember(deps: Deps, actor: Actor, input: Restrict): Promise<RestrictionView> {
  await accessPlace(actor, input.roomId, deps.now());
  await accessHoldingBack(actor, input.memberId);
  const { restriction } = await Restriction.beginOnce(compose(actor, input, deps.now()));
  if (restriction.liftedAt === null && !restriction.isEndTold) await tellRestriction(deps, restriction, false);
  await writeDown(Restriction, restriction);
  const [view] = await viewRestrictions([restriction]);
  if (!view) throw new AppError('restriction.not_found');
  return view;
}

function compose(actor: Actor, { clientRestrictionId, kind, memberId, roomId, minutes, reason }: Restrict, now: Date): Omit<RestrictionDocument, 'unaudited' | 'liftedAt' | 'isEndTold'> {
  return {
    _id: new Types.ObjectId(),
    clientRestrictionId,
    kind,
    memberId: new Types.ObjectId(memberId),
    roomId: roomId === null ? null : new Types.ObjectId(roomId),
    reason,
    byId: new Types.ObjectId(actor.memberId),
    since: now,
    until: minutes === null ? null : new Date(now.getTime() + minutes * minuteMs),
  };
}
