/**
 * Who may enter, as a pure judgement over facts that were read. The gates decide by it, and so does whoever explains a gate: there
 * is no second truth about a door.
 */
import type { EntryVerdict } from '../../../shared/contracts/rights.js';
import { isStaff, type Role } from '../../../shared/roles.js';
import type { RoomDocument } from '../../models/room.js';
import type { WorkshopDocument } from '../../models/workshop.js';
import type { Entrant } from '../actor.js';
import { isBanned } from '../moderation/restrictions.js';

const opens = (cause: Extract<EntryVerdict, { canEnter: true }>['cause']): EntryVerdict => ({ canEnter: true, cause });
const closed = (cause: Extract<EntryVerdict, { canEnter: false }>['cause']): EntryVerdict => ({ canEnter: false, cause });

/** A workshop as far as its door goes. */
type Door = Pick<WorkshopDocument, 'roomId' | 'hostIds' | 'state'>;

/**
 * Judges a workshop's door; its room, stage and questions open with it.
 *
 * @param entrant - null is someone who is not signed in.
 * @param holdsGrant - whether a grant for this workshop is live.
 */
export function judgeWorkshopEntry(entrant: Entrant | null, workshop: Door, holdsGrant: boolean, now: Date): EntryVerdict {
  if (!entrant) return closed('no_ticket');
  // Whoever is banned from its room is banned from all of it.
  if (isBanned(entrant, String(workshop.roomId), now)) return closed('banned');
  if (isHostOf({ id: entrant.memberId, role: entrant.role }, workshop)) return opens(isNamed(entrant.memberId, workshop) ? 'host' : 'staff');
  if (entrant.role === 'moderator') return opens('staff');
  // What will not take place opens to no ticket, though its right be ended only a moment later.
  if (workshop.state === 'cancelled') return closed('cancelled');
  return holdsGrant ? opens('ticket') : closed('no_ticket');
}

/**
 * Judges the door of a room of the house, or of a workshop's.
 *
 * @param workshop - the judgement of the workshop whose room it is; null for a room of the house, and where the workshop is gone.
 */
export function judgeRoomEntry(entrant: Entrant, { _id, gate }: Pick<RoomDocument, '_id' | 'gate'>, workshop: EntryVerdict | null, now: Date): EntryVerdict {
  if (isBanned(entrant, String(_id), now)) return closed('banned');
  switch (gate.kind) {
    case 'tier':
      if (entrant.tierRank >= gate.rank) return opens(gate.rank === 0 ? 'everyone' : 'tier');
      return isStaff(entrant.role) ? opens('staff') : closed('tier_too_low');
    case 'staff':
      return isStaff(entrant.role) ? opens('staff') : closed('staff_only');
    case 'workshop':
      return workshop ?? closed('no_ticket');
  }
}

/** Whether a member hosts a workshop. Whoever is no host any more does not host what they were named for. */
export function isHostOf({ id, role }: { id: string; role: Role }, workshop: Pick<WorkshopDocument, 'hostIds'>): boolean {
  return role === 'organizer' || (role === 'host' && isNamed(id, workshop));
}

/** Whether a workshop is announced with this member as a host. */
export function isNamed(memberId: string, { hostIds }: Pick<WorkshopDocument, 'hostIds'>): boolean {
  return hostIds.some((hostId) => String(hostId) === memberId);
}
