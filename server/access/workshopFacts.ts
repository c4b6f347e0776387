/** What everybody may know of a workshop, signed in or not. The one place where it is put together, for whoever shows or tells it. */
import type { WorkshopFacts } from '../../shared/contracts/workshops.js';
import { Member } from '../models/member.js';
import { Seats } from '../models/seats.js';
import type { WorkshopDocument } from '../models/workshop.js';

/** The facts of each workshop, in the order given. */
export async function workshopFacts(workshops: readonly WorkshopDocument[], now: Date): Promise<WorkshopFacts[]> {
  const hostIds = new Set(workshops.flatMap((workshop) => workshop.hostIds.map(String)));
  const [people, seatsLeft] = await Promise.all([
    Member.people([...hostIds]),
    Seats.countLeft(workshops.map((workshop) => workshop._id), now),
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
    cancelled: workshop.cancellation ? { reason: workshop.cancellation.reason, at: workshop.cancellation.at.toISOString() } : null,
    hosts: workshop.hostIds.flatMap((hostId) => people.get(String(hostId)) ?? []),
    price: workshop.price,
    capacity: workshop.capacity,
    seatsLeft: seatsLeft.get(String(workshop._id)) ?? workshop.capacity,
    refundPolicy: workshop.refundPolicy,
    refundRules: workshop.refundRules ?? null,
    certificatePercent: workshop.certificatePercent ?? null,
    roomId: String(workshop.roomId),
  }));
}
