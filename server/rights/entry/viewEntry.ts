/** A door as its explanation shows it: the gate's verdict, and the rights, restrictions and offers around it. */
import type { EntryGrant, EntryView } from '../../../shared/contracts/rights/entry.js';
import type { TierOffer } from '../../../shared/contracts/tiers.js';
import { isAhead } from '../../../shared/contracts/workshops.js';
import { viewPerson, type Entrant } from '../../access/actor.js';
import type { Door } from '../../access/entry/accessDoor.js';
import { restrictionsIn } from '../../access/moderation/restrictions.js';
import { viewRoomMode } from '../../access/moderation/roomMode.js';
import { workshopFacts } from '../../access/workshopFacts.js';
import { Grant, isLiveAt, type GrantDocument } from '../../models/grant.js';
import { listTierOffers } from '../../models/memberships/tierOffers.js';
import { Order } from '../../models/order.js';
import type { RoomDocument } from '../../models/room.js';
import type { WorkshopDocument } from '../../models/workshop.js';

/** The view for one entrant, who may know of the door. */
export async function viewEntry(entrant: Entrant, { room, workshop, verdict }: Door, now: Date): Promise<EntryView> {
  const offers = await listTierOffers();
  const opening = tiersThatOpen(room, offers);
  const [grants, sold, order] = await Promise.all([grantsOf(entrant, workshop, opening), workshop && viewSold(workshop, now), workshop && newestOrder(entrant, workshop)]);
  const { gate } = room;
  return {
    member: viewPerson(entrant),
    room: { id: String(room._id), name: room.name, gate: gate.kind === 'workshop' ? { kind: 'workshop', workshopId: String(gate.workshopId) } : gate },
    workshop: sold,
    verdict: verdict.canEnter ? { canEnter: true, cause: verdict.cause } : { canEnter: false, cause: verdict.cause },
    tier: tierAt(entrant.tierRank, offers),
    neededTier: opening[0] ?? null,
    grants: grants.map((grant) => viewGrant(grant, offers, now)).toSorted((one, other) => places[one.state] - places[other.state]),
    restrictions: restrictionsIn(entrant, String(room._id), now).map(({ until, ...rest }) => ({ ...rest, until: until?.toISOString() ?? null })),
    mode: verdict.canEnter ? viewRoomMode(room) : null,
    order,
  };
}

const places: Record<EntryGrant['state'], number> = { live: 0, coming: 1, ended: 2 };

/** Rising by rank; none where it is no tier that opens the room. */
function tiersThatOpen({ gate }: RoomDocument, offers: readonly TierOffer[]): TierOffer[] {
  return gate.kind === 'tier' ? offers.filter(({ rank }) => rank >= gate.rank) : [];
}

function tierAt(highest: number, offers: readonly TierOffer[]): EntryView['tier'] {
  const tier = offers.findLast(({ rank }) => rank <= highest);
  if (!tier) throw new Error('there is no free tier');
  const { prices: _offered, ...view } = tier;
  return view;
}

function grantsOf({ memberId }: Entrant, workshop: WorkshopDocument | null, opening: readonly TierOffer[]): Promise<GrantDocument[]> {
  return workshop ? Grant.everOf(memberId, { kind: 'workshop', refs: [String(workshop._id)] }) : Grant.everOf(memberId, { kind: 'tier', refs: opening.map(({ key }) => key) });
}

function viewGrant(grant: GrantDocument, offers: readonly TierOffer[], now: Date): EntryGrant {
  const { kind, ref, source, startsAt, endsAt, endReason, endsBecause } = grant;
  const isOver = endsAt !== null && endsAt <= now;
  return {
    state: isLiveAt(now, grant) ? 'live' : isOver ? 'ended' : 'coming',
    source: source.kind,
    tierName: kind === 'tier' ? (offers.find(({ key }) => key === ref)?.name ?? ref) : null,
    orderId: source.kind === 'ticket' ? source.id : null,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt?.toISOString() ?? null,
    reason: endReason ?? endsBecause ?? (isOver ? 'ended_by_time' : null),
  };
}

async function viewSold(workshop: WorkshopDocument, now: Date): Promise<EntryView['workshop']> {
  const [facts] = await workshopFacts([workshop], now);
  if (!facts) throw new Error('a workshop is without its facts');
  const { id, title, startsAt, state, seatsLeft } = facts;
  return { id, title, startsAt, state, sale: { isOpen: isAhead(state), seatsLeft } };
}

async function newestOrder({ memberId }: Entrant, { _id }: WorkshopDocument): Promise<EntryView['order']> {
  const order = await Order.findOne({ memberId, workshopId: _id }, { state: 1 }).sort({ createdAt: -1 }).lean();
  return order && { id: String(order._id), state: order.state };
}
