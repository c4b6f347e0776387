import type { MeView } from '../../shared/contracts/members.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { Member } from '../models/member.js';
import { viewMe } from './members.views.js';

/** The member as they see themselves. */
export async function showMe(deps: Deps, actor: Actor): Promise<MeView> {
  return viewMe(await Member.findById(actor.memberId).orFail().lean(), deps.now());
}
