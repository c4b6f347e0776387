/** Workshops: what is announced, who may enter and why, and how one goes live and ends. */
import { z } from 'zod';
import { ClientId, Id } from '../ids.js';
import { limits } from '../limits.js';
import { chargeStep, ChosenCurrency, Money } from '../money.js';
import { RefundRules } from '../refunds.js';
import { defineCall, definePush, defineRoute } from '../define.js';
import { CertificatePercent } from './attendance/certificates.js';
import { PersonView } from './members.js';
import { EndReason } from './rights.js';
import { SeatPools, TicketTypes, TicketTypeView } from './selling.js';

export const WorkshopState = z.enum(['scheduled', 'live', 'ended', 'cancelled']);
export type WorkshopState = z.infer<typeof WorkshopState>;

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
  /** Its planned time is over and nobody but hosts is there: it ends by itself then, unless somebody comes or a host keeps it open. */
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
  why: z.enum(['ticket', 'host', 'staff']).nullable(),
  /** The newest order for a seat, where there is one. */
  orderId: Id.nullable(),
  /** A right that was had and has ended. */
  ended: z.object({ reason: EndReason, at: z.iso.datetime() }).nullable(),
});
export type Standing = z.infer<typeof Standing>;

export const WorkshopView = WorkshopFacts.extend({ you: Standing });
export type WorkshopView = z.infer<typeof WorkshopView>;

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
  .refine(({ currency, types }) => types.every(({ price, rules }) => [price, ...rules.map((rule) => rule.price)].every((amount) => amount % chargeStep(currency) === 0)), { path: ['types'], error: 'the currency has no such small coin' })
  .refine(({ pools, types }) => types.every((type) => pools.some((pool) => pool.key === type.pool)), { path: ['types'], error: 'each ticket type takes its seats from a pool that there is' })
  .refine(({ pools, types }) => pools.every((pool) => types.some((type) => type.pool === pool.key)), { path: ['pools'], error: 'each pool is sold by a ticket type' });
export type PublishWorkshop = z.infer<typeof PublishWorkshop>;

export const InWorkshop = z.strictObject({ workshopId: Id });
export type InWorkshop = z.infer<typeof InWorkshop>;

export const workshops = {
  list: defineRoute('get', '/api/workshops', { who: 'anyone', input: z.strictObject({}), output: z.array(WorkshopView) }),
  show: defineRoute('get', '/api/workshops/:workshopId', { who: 'anyone', input: InWorkshop, output: WorkshopView, failures: ['workshop.not_found'] }),
  publish: defineRoute('post', '/api/workshops', { who: 'organizer', input: PublishWorkshop, output: WorkshopView, failures: ['member.not_found', 'tier.not_found', 'price.too_small'] }),
  /** Enters the workshop on this connection: its room's channel, its questions, its stage's news; presence is counted from here. */
  enter: defineCall('workshops:enter', { input: InWorkshop, output: WorkshopView, failures: ['workshop.not_found'] }),
  leave: defineCall('workshops:leave', { input: InWorkshop, output: z.object({}) }),
  goLive: defineCall('workshops:goLive', { input: InWorkshop, output: WorkshopView, failures: ['workshop.not_found', 'workshop.wrong_state'] }),
  end: defineCall('workshops:end', { input: InWorkshop, output: WorkshopView, failures: ['workshop.not_found', 'workshop.wrong_state'] }),
  /** Has it go on though nobody but its hosts is there. */
  keepOpen: defineCall('workshops:keepOpen', { input: InWorkshop, output: WorkshopView, failures: ['workshop.not_found', 'workshop.wrong_state'] }),
  /** Told to everybody signed in: the facts changed (state, seats left, …). */
  changed: definePush('workshops:changed', WorkshopFacts),
} as const;
