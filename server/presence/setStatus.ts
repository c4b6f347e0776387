import { presence } from '../../shared/contracts/presence.js';
import type { Status } from '../../shared/roles.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { Member } from '../models/member.js';
import { memberChannel } from '../realtime/channels.js';

/** Keeps what the member says of themselves, and tells their own connections and the rooms they are in. */
export async function setStatus(deps: Deps, actor: Actor, { status }: { status: Status }): Promise<{ status: Status }> {
  const before = await Member.findByIdAndUpdate(actor.memberId, { $set: { status } }).lean();
  deps.here.heard(actor.memberId);
  if ((before?.status ?? 'available') === status) return { status };
  deps.publish(memberChannel(actor.memberId), presence.changed, { status });
  deps.here.statusChanged(actor.memberId);
  return { status };
}
