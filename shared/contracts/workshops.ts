/** Workshops: what is announced, who may enter and why, and how one goes live and ends. */
import { z } from 'zod';
import { ClientId, Id } from '../ids.js';
import { limits } from '../limits.js';
import { chargeStep, ChosenCurrency, Money } from '../money.js';
import { RefundRules } from '../refunds.js';
import { defineCall, definePush, defineRoute } from '../define.js';
import { CertificatePercent } from './attendance/certificates.js';
import { PersonView } from './members.js';
import { EndReason, OpenCause } from './rights.js';
import { SeatPool, SeatPools, TicketTypes, TicketTypeView, type TicketType } from './selling.js';

export const WorkshopState = z.enum(['scheduled', 'live', 'ended', 'cancelled']);
export type WorkshopState = z.infer<typeof WorkshopState>;

/** Whether a workshop in this state is not over: only then is a seat sold, a question taken, a vote counted, somebody's time inside kept. */
export const isAhead = (state: WorkshopState): state is 'scheduled' | 'live' => state === 'scheduled' || state === 'live';

/** What everybody may know of a workshop, signed in or not. */
export const WorkshopFacts = z.object({
  id: Id,
  title: z.string(),
  summary: z.string(),
  startsAt: z.iso.datetime(),
  minutes: z.int().positive(),
  state: WorkshopState,
  liveAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  /** Its planned time is over and it may have been forgotten: it ends by itself then, unless a host keeps it open (or, where nobody but hosts is there, somebody comes). */
  endsItselfAt: z.iso.datetime().nullable(),
  /** Why it will not take place, in the organizer's words. */
  cancelled: z.object({ reason: z.string(), at: z.iso.datetime() }).nullable(),
  hosts: z.array(PersonView),
  /** What the least costly ticket type costs everybody; `amount` 0 is a free ticket. */
  price: Money,
  /** Of all pools. */
  capacity: z.int().positive(),
  seatsLeft: z.int().nonnegative(),
  /** What is sold, in the organizer's order; prices are in `price.currency`. */
  types: z.array(TicketTypeView),
  pools: z.array(SeatPool),
  /** How often what is sold was changed; whoever changes it says which they saw. */
  saleRevision: z.int().nonnegative(),
  /** The refund policy shown at the sale. */
  refundPolicy: z.string(),
  /** What a member may give the seat back for; null promises nothing. */
  refundRules: RefundRules.nullable(),
  certificatePercent: CertificatePercent,
  /** The workshop's own chat room; it opens with the same right. */
  roomId: Id,
});
export type WorkshopFacts = z.infer<typeof WorkshopFacts>;

/** How the asking member stands to the workshop. */
export const Standing = z.object({
  canEnter: z.boolean(),
  /** May go on stage, moderate questions, go live and end. */
  canHost: z.boolean(),
  /** Why one may enter; null when one may not. */
  why: OpenCause.nullable(),
  /** The newest order for a seat, where there is one. */
  orderId: Id.nullable(),
  /** A right that was had and has ended. */
  ended: z.object({ reason: EndReason, at: z.iso.datetime() }).nullable(),
});
export type Standing = z.infer<typeof Standing>;

export const WorkshopView = WorkshopFacts.extend({ you: Standing });
export type WorkshopView = z.infer<typeof WorkshopView>;

interface Sold {
  pools: readonly SeatPool[];
  types: readonly TicketType[];
}
const takeFromPools = ({ pools, types }: Sold): boolean => types.every((type) => pools.some((pool) => pool.key === type.pool));
const fromNone = { path: ['types'], error: 'each ticket type takes its seats from a pool that there is' };
const areSold = ({ pools, types }: Sold): boolean => pools.every((pool) => types.some((type) => type.pool === pool.key));
/** Whether cards know coins as small as all these prices need. */
export const areChargeable = (currency: string, types: readonly TicketType[]): boolean => types.every(({ price, rules }) => [price, ...rules.map((rule) => rule.price)].every((amount) => amount % chargeStep(currency) === 0));
const tooFine = { path: ['types'], error: 'the currency has no such small coin' };
const unsold = { path: ['pools'], error: 'each pool is sold by a ticket type' };

/** `clientWorkshopId` names the workshop, so that a retry publishes it once. */
export const PublishWorkshop = z
  .strictObject({
    clientWorkshopId: ClientId,
    title: z.string().trim().min(1).max(limits.titleLength),
    summary: z.string().trim().max(limits.summaryLength),
    startsAt: z.iso.datetime(),
    minutes: z.int().min(5).max(limits.workshopMinutesMax),
    hostIds: z.array(Id).min(1).max(8),
    currency: ChosenCurrency,
    pools: SeatPools,
    types: TicketTypes,
    refundPolicy: z.string().trim().max(limits.summaryLength),
    refundRules: RefundRules.nullable().default(null),
    certificatePercent: CertificatePercent.default(limits.certificatePercent),
  })
  .refine(({ currency, types }) => areChargeable(currency, types), tooFine)
  .refine(takeFromPools, fromNone)
  .refine(areSold, unsold);
export type PublishWorkshop = z.infer<typeof PublishWorkshop>;

/**
 * What is sold from now on, in the currency it was published in: what is sold already, or is at the checkout, keeps its price and its
 * seat. `clientChangeId` names the change, so that a retry makes it once; `revision` is the `saleRevision` that it was made from.
 */
export const ChangeSale = z
  .strictObject({ workshopId: Id, clientChangeId: ClientId, revision: z.int().nonnegative(), pools: SeatPools, types: TicketTypes })
  .refine(takeFromPools, fromNone)
  .refine(areSold, unsold);
export type ChangeSale = z.infer<typeof ChangeSale>;

export const InWorkshop = z.strictObject({ workshopId: Id });
export type InWorkshop = z.infer<typeof InWorkshop>;

export const workshops = {
  list: defineRoute('get', '/api/workshops', { who: 'anyone', input: z.strictObject({}), output: z.array(WorkshopView) }),
  show: defineRoute('get', '/api/workshops/:workshopId', { who: 'anyone', input: InWorkshop, output: WorkshopView, failures: ['workshop.not_found'] }),
  publish: defineRoute('post', '/api/workshops', { who: 'organizer', input: PublishWorkshop, output: WorkshopView, failures: ['member.not_found', 'tier.not_found', 'price.too_small'] }),
  /** Changes what is sold, by its hosts and organizers. A pool has at least as many seats as are sold or held. */
  changeSale: defineRoute('post', '/api/workshops/:workshopId/sale', { who: 'member', input: ChangeSale, output: WorkshopView, failures: ['workshop.not_found', 'workshop.wrong_state', 'tier.not_found', 'price.too_small', 'sale.changed_since', 'pool.too_small'] }),
  /** Enters the workshop on this connection: its room's channel, its questions, its stage's news; presence is counted from here. */
  enter: defineCall('workshops:enter', { input: InWorkshop, output: WorkshopView, failures: ['workshop.not_found'] }),
  leave: defineCall('workshops:leave', { input: InWorkshop, output: z.object({}) }),
  goLive: defineCall('workshops:goLive', { input: InWorkshop, output: WorkshopView, failures: ['workshop.not_found', 'workshop.wrong_state'] }),
  end: defineCall('workshops:end', { input: InWorkshop, output: WorkshopView, failures: ['workshop.not_found', 'workshop.wrong_state', 'server.busy'] }),
  /** Has it go on though its planned time is over. */
  keepOpen: defineCall('workshops:keepOpen', { input: InWorkshop, output: WorkshopView, failures: ['workshop.not_found', 'workshop.wrong_state'] }),
  /** Told to everybody signed in: the facts changed (state, seats left, …). */
  changed: definePush('workshops:changed', WorkshopFacts),
} as const;
