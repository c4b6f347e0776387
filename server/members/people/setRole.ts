import { Types } from 'mongoose';
import type { PersonRow } from '../../../shared/contracts/members.js';
import { AppError } from '../../../shared/failures.js';
import { Role } from '../../../shared/roles.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { Community } from '../../models/community.js';
import { Grant } from '../../models/grant.js';
import { Member, type MemberDocument } from '../../models/member.js';
import { Tier } from '../../models/tier.js';
import { viewPersonRow } from '../members.views.js';

type Stored = Omit<MemberDocument, 'passwordHash'>;

/** A change and what was before it; null when the member has the role already. */
interface Decided {
  member: Stored;
  before: Role;
}

/**
 * Gives a member a role. All changes of roles are decided one after the other on the community's document, so the last
 * organizer stays one even when two take each other's role away at the same moment.
 *
 * @throws member.not_found
 * @throws member.last_organizer - nobody would be left who may do everything.
 */
export async function setRole(deps: Deps, _actor: Actor, { memberId, role }: { memberId: string; role: Role }): Promise<PersonRow> {
  const { member, before } = await decide(memberId, role);
  if (before !== role) {
    const change = Role.options.indexOf(role) > Role.options.indexOf(before) ? 'started' : 'ended';
    await deps.rightsChanged({ memberId, scope: null, change, reason: 'role_changed' });
  }
  return viewPersonRow(member, await Tier.highest(await Grant.liveTierKeys(memberId, deps.now())));
}

async function decide(memberId: string, role: Role): Promise<Decided> {
  for (;;) {
    const last = (await Community.show()).roleChange;
    // What was decided before is true from then on; a crash may have kept it from the member's document.
    if (last) await Member.followRoleChange(last);
    const member = await Member.findById(memberId).lean();
    if (!member) throw new AppError('member.not_found');
    if (member.role === role) return { member, before: role };
    if (member.role === 'organizer' && !(await Member.exists({ role: 'organizer', _id: { $ne: memberId } }))) throw new AppError('member.last_organizer');

    const change = { number: (last?.number ?? 0) + 1, memberId: new Types.ObjectId(memberId), role };
    // When another change came between, everything is judged again.
    if (!(await Community.decideRole(change))) continue;
    await Member.followRoleChange(change);
    return { member: { ...member, role }, before: member.role };
  }
}
