import type { PersonView } from '../../../shared/contracts/members.js';
import type { Mentions } from '../../../shared/contracts/messages.js';
import { AppError } from '../../../shared/failures.js';
import { mayModerate } from '../../access/accessModeration.js';
import type { Actor } from '../../access/actor.js';
import { Member } from '../../models/member.js';
import type { RoomDocument } from '../../models/room.js';
import { Tier } from '../../models/tier.js';

/**
 * Judges whom a message calls. Calling nobody costs no read.
 *
 * @returns the members who are called.
 * @throws mention.refused - it calls the room or a tier, and the actor may not moderate the room.
 * @throws input.invalid - a member or a tier is not there.
 */
export async function checkMentions(actor: Actor, room: RoomDocument, { memberIds, room: isRoomCalled, tierKeys }: Mentions, now: Date): Promise<PersonView[]> {
  if ((isRoomCalled || tierKeys.length > 0) && !(await mayModerate(actor, room, now))) throw new AppError('mention.refused');
  const people = await Member.people(memberIds);
  if (people.size < new Set(memberIds).size) throw absent('memberIds', 'names a member who is not there');
  const tiers = tierKeys.length === 0 ? [] : await Tier.find({ key: { $in: tierKeys } }).lean();
  if (tiers.length < new Set(tierKeys).size) throw absent('tierKeys', 'names a tier that is not there');
  return [...people.values()];
}

const absent = (field: string, message: string): AppError => new AppError('input.invalid', { problems: [{ path: `mentions.${field}`, message }] });
