import type { MeView, UpdateProfile } from '../../shared/contracts/members.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { Member } from '../models/member.js';
import { viewMe } from './members.views.js';

/** Changes what the member says of themselves; what is not given stays. */
export async function updateProfile(deps: Deps, actor: Actor, input: UpdateProfile): Promise<MeView> {
  const member = await Member.findByIdAndUpdate(actor.memberId, { $set: input }, { returnDocument: 'after' }).orFail().lean();
  return viewMe(member, deps.now());
}
