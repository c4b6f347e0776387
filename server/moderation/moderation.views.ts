import type { PersonView } from '../../shared/contracts/members.js';
import type { AuditEntryView, RestrictionView } from '../../shared/contracts/moderation.js';
import { Member } from '../models/member.js';
import type { AuditEntryDocument } from '../models/moderation/auditEntry.js';
import type { RestrictionDocument } from '../models/moderation/restriction.js';

/** Restrictions as those who moderate see them, in the order given. */
export async function viewRestrictions(restrictions: readonly RestrictionDocument[]): Promise<RestrictionView[]> {
  const person = await peopleOf(restrictions.flatMap(({ memberId, byId }) => [String(memberId), String(byId)]));
  return restrictions.map(({ _id, kind, memberId, roomId, reason, byId, since, until }) => ({
    id: String(_id),
    kind,
    member: person(String(memberId)),
    roomId: roomId && String(roomId),
    reason,
    by: person(String(byId)),
    since: since.toISOString(),
    until: until?.toISOString() ?? null,
  }));
}

/** Entries of the log, in the order given. */
export async function viewAudit(entries: readonly AuditEntryDocument[]): Promise<AuditEntryView[]> {
  const person = await peopleOf(entries.flatMap(({ byId, memberId }) => [byId, memberId].flatMap((id) => (id ? [String(id)] : []))));
  return entries.map(({ _id, at, action, byId, memberId, roomId, messageId, reason, mode, until }) => ({
    id: String(_id),
    at: at.toISOString(),
    action,
    by: byId && person(String(byId)),
    member: memberId && person(String(memberId)),
    roomId: roomId && String(roomId),
    messageId: messageId && String(messageId),
    reason,
    mode,
    until: until?.toISOString() ?? null,
  }));
}

/** Who somebody is, by id. Whose account is gone is still an id, so that the record keeps its sense. */
async function peopleOf(ids: readonly string[]): Promise<(id: string) => PersonView> {
  const people = await Member.people([...new Set(ids)]);
  return (id) => people.get(id) ?? { id, name: '', role: 'member' };
}
