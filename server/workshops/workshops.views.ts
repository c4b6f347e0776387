/** Workshops as the contract shows them: the facts, and how the asking member stands to each. */
import type { Standing, WorkshopView } from '../../shared/contracts/workshops.js';
import { judgeWorkshop } from '../access/accessWorkshop.js';
import type { Actor } from '../access/actor.js';
import { workshopFacts } from '../access/workshopFacts.js';
import { Grant } from '../models/grant.js';
import { Order } from '../models/order.js';
import type { WorkshopDocument } from '../models/workshop.js';

/** The workshops for one actor, in the order given; null is someone who is not signed in. */
export async function viewWorkshops(actor: Actor | null, workshops: readonly WorkshopDocument[], now: Date): Promise<WorkshopView[]> {
  const [facts, standings] = await Promise.all([workshopFacts(workshops, now), viewStandings(actor, workshops, now)]);
  return facts.map((fact, index) => ({ ...fact, you: standings[index] ?? stranger }));
}

/** One workshop for one actor. */
export async function viewWorkshop(actor: Actor | null, workshop: WorkshopDocument, now: Date): Promise<WorkshopView> {
  const [[facts], [you]] = await Promise.all([workshopFacts([workshop], now), viewStandings(actor, [workshop], now)]);
  if (!facts) throw new Error('a workshop is without its facts');
  return { ...facts, you: you ?? stranger };
}

const stranger: Standing = { canEnter: false, canHost: false, why: null, orderId: null, ended: null };

async function viewStandings(actor: Actor | null, workshops: readonly WorkshopDocument[], now: Date): Promise<Standing[]> {
  if (!actor) return workshops.map(() => stranger);
  const ids = workshops.map((workshop) => workshop._id);
  const [rights, orders, ended] = await Promise.all([
    Promise.all(workshops.map((workshop) => judgeWorkshop(actor, workshop, now))),
    Order.newestOf(actor.memberId, ids),
    lastEnded(actor.memberId, ids.map(String), now),
  ]);
  return workshops.map((workshop, index) => {
    const right = rights[index];
    if (!right) return stranger;
    const orderId = orders.get(String(workshop._id));
    return {
      canEnter: right.canEnter,
      canHost: right.canHost,
      why: right.canEnter ? right.cause : null,
      orderId: orderId ? String(orderId) : null,
      ended: right.canEnter ? null : (ended.get(String(workshop._id)) ?? null),
    };
  });
}

/** The right to each workshop that ended last, by workshop id. */
async function lastEnded(memberId: string, workshopIds: readonly string[], now: Date): Promise<Map<string, Standing['ended']>> {
  const grants = await Grant.find({ memberId, kind: 'workshop', ref: { $in: workshopIds }, endsAt: { $lte: now } }).sort({ endsAt: 1 }).lean();
  return new Map(grants.map((grant) => [grant.ref, grant.endsAt && { reason: grant.endReason ?? 'ended_by_time', at: grant.endsAt.toISOString() }]));
}
