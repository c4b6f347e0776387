import { memberships } from '../../shared/contracts/memberships/memberships.js';
import type { Deps } from '../deps.js';
import type { MembershipDocument } from '../models/memberships/membership.js';
import { memberChannel } from '../realtime/channels.js';
import { viewMine } from './memberships.views.js';

/** Tells a member's own connections what their membership is now. */
export async function tellMembership(deps: Deps, { memberId }: Pick<MembershipDocument, 'memberId'>): Promise<void> {
  const id = String(memberId);
  deps.publish(memberChannel(id), memberships.changed, await viewMine(id));
}
