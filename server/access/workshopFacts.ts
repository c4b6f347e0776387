/** What everybody may know of a workshop, signed in or not. The one place where it is put together, for whoever shows or tells it. */
import type { TicketTypeView } from '../../shared/contracts/selling.js';
import type { WorkshopFacts } from '../../shared/contracts/workshops.js';
import { Member } from '../models/member.js';
import { Seats, type SeatCounts } from '../models/seats.js';
import { saleOf, type Sale, type WorkshopDocument } from '../models/workshop.js';

/** The facts of each workshop, in the order given. */
export async function workshopFacts(workshops: readonly WorkshopDocument[], now: Date): Promise<WorkshopFacts[]> {
  const hostIds = new Set(workshops.flatMap((workshop) => workshop.hostIds.map(String)));
  const [people, counts] = await Promise.all([
    Member.people([...hostIds]),
    Seats.count(workshops.map((workshop) => workshop._id), now),
  ]);
  return workshops.map((workshop) => ({
    id: String(workshop._id),
    title: workshop.title,
    summary: workshop.summary,
    startsAt: workshop.startsAt.toISOString(),
    minutes: workshop.minutes,
    state: workshop.state,
    liveAt: workshop.liveAt?.toISOString() ?? null,
    endedAt: workshop.endedAt?.toISOString() ?? null,
    endsItselfAt: workshop.state === 'live' ? (workshop.endsItselfAt?.toISOString() ?? null) : null,
    cancelled: workshop.cancellation ? { reason: workshop.cancellation.reason, at: workshop.cancellation.at.toISOString() } : null,
    hosts: workshop.hostIds.flatMap((hostId) => people.get(String(hostId)) ?? []),
    ...saleFacts(saleOf(workshop), counts.get(String(workshop._id))),
    saleRevision: workshop.saleRevision ?? 0,
    refundPolicy: workshop.refundPolicy,
    refundRules: workshop.refundRules ?? null,
    certificatePercent: workshop.certificatePercent ?? null,
    roomId: String(workshop.roomId),
  }));
}

/** What is for sale, and how much of it is left; without counts nobody has come yet. */
function saleFacts({ currency, pools, types }: Sale, counts: SeatCounts | undefined): Pick<WorkshopFacts, 'price' | 'capacity' | 'seatsLeft' | 'pools' | 'types'> {
  const leftIn = new Map(pools.map(({ key, capacity }) => [key, counts?.left.get(key) ?? capacity]));
  return {
    price: { amount: Math.min(...types.map((type) => type.price)), currency },
    capacity: pools.reduce((sum, pool) => sum + pool.capacity, 0),
    seatsLeft: [...leftIn.values()].reduce((sum, left) => sum + left, 0),
    // As the store has them, without what it may know of them besides.
    pools: pools.map(({ key, name, capacity }) => ({ key, name, capacity })),
    types: types.map(({ key, name, pool, price, rules }): TicketTypeView => {
      const first = rules.find((rule) => rule.kind === 'first');
      return {
        key,
        name,
        price,
        rules,
        pool,
        capacity: pools.find((one) => one.key === pool)?.capacity ?? 0,
        seatsLeft: leftIn.get(pool) ?? 0,
        firstLeft: first ? Math.max(0, first.count - (counts?.firstCame.get(key) ?? 0)) : null,
      };
    }),
  };
}
