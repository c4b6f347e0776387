/** Tickets: buying a seat, what became of the order, and the organizer's view of sales and money. */
import { z } from 'zod';
import { ClientId, Id } from '../ids.js';
import { limits } from '../limits.js';
import { Currency, Money } from '../money.js';
import { RefundRules, RefundView } from '../refunds.js';
import { definePush, defineRoute } from '../define.js';
import { CouponCode } from './coupons.js';
import { PersonView } from './members.js';
import { mainKey, PriceWhy, SaleKey } from './selling.js';

/**
 * open: the seat is held, the buyer is at the checkout until `holdUntil`. awaiting: their bank was asked for the money and answers in days; the seat stays held.
 * paid: the seat is theirs. expired: nothing was taken and the seat was let go. failed: so too, after the bank has said no.
 * disputed: the buyer's bank took the money back and looks into it; the seat is kept, and opens nothing. charged_back: the bank keeps the money, the seat was let go.
 * refunding: money is on its way back and the right has ended. refunded: the money is back. late: money came when no seat could be given for it any more; it is being returned.
 */
export const OrderState = z.enum(['open', 'awaiting', 'paid', 'expired', 'failed', 'refunding', 'refunded', 'late', 'disputed', 'charged_back']);
export type OrderState = z.infer<typeof OrderState>;

/**
 * A payment that its bank took back. open: the bank looks into it; until `dueAt` it can be answered at Stripe. won: the money is the
 * house's. lost: it is the cardholder's. `amount` is in minor units of the order's currency.
 */
export const DisputeView = z.object({ state: z.enum(['open', 'won', 'lost']), amount: z.int(), openedAt: z.iso.datetime(), dueAt: z.iso.datetime().nullable() });
export type DisputeView = z.infer<typeof DisputeView>;

/** An order, with what the buyer saw when buying. */
export const OrderView = z.object({
  id: Id,
  workshopId: Id,
  workshopTitle: z.string(),
  startsAt: z.iso.datetime(),
  state: OrderState,
  /** The ticket type's name; empty where the workshop has only one. */
  ticketName: z.string(),
  price: Money,
  /** Why it is this price; frozen with the order. */
  why: PriceWhy,
  refundPolicy: z.string(),
  /** What the member may give it back for, as it was at the sale; null promises nothing. */
  refundRules: RefundRules.nullable(),
  refunds: z.array(RefundView),
  /** What is back or on its way back of the price, by us or by hand at Stripe. */
  returned: z.int().nonnegative(),
  /** Stripe has written to the buyer, who must answer before a refund can reach them: until when, where Stripe says; null where nothing is asked. */
  refundAsks: z.object({ until: z.iso.datetime().nullable() }).nullable(),
  /** The bank's case about the payment, if there ever was one. */
  dispute: DisputeView.nullable(),
  /** Where to pay; only while open. */
  checkoutUrl: z.string().nullable(),
  holdUntil: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  paidAt: z.iso.datetime().nullable(),
  refundedAt: z.iso.datetime().nullable(),
});
export type OrderView = z.infer<typeof OrderView>;

/** The browser names the product, never a price. `clientOrderId` names the attempt, so that a double click buys once. */
const Product = z.strictObject({ kind: z.literal('seat'), workshopId: Id, typeKey: SaleKey.default(mainKey) });
export const StartCheckout = z.strictObject({ clientOrderId: ClientId, product: Product, couponCode: CouponCode.optional() });
export type StartCheckout = z.infer<typeof StartCheckout>;

/** What a ticket would cost the asking member now. */
export const QuotePrice = z.strictObject({ product: Product, couponCode: CouponCode });
export type QuotePrice = z.infer<typeof QuotePrice>;

export const PriceQuote = z.object({ price: Money, why: PriceWhy });
export type PriceQuote = z.infer<typeof PriceQuote>;

const InOrder = z.strictObject({ orderId: Id });
const InWorkshop = z.strictObject({ workshopId: Id });

/** One sale, as the organizer sees it. Amounts are in minor units of `currency`; `fee` is known once Stripe has told it. */
export const SaleRow = z.object({
  orderId: Id,
  buyer: PersonView,
  state: OrderState,
  ticketName: z.string(),
  couponCode: z.string().nullable(),
  gross: z.int(),
  refunded: z.int(),
  fee: z.int().nullable(),
  /** What the buyer's bank has taken back. */
  disputed: z.int(),
  /** Until when an open dispute can be answered at Stripe. */
  answerBy: z.iso.datetime().nullable(),
  currency: Currency,
  paidAt: z.iso.datetime().nullable(),
});
export type SaleRow = z.infer<typeof SaleRow>;


export const tickets = {
  startCheckout: defineRoute('post', '/api/checkout', { who: 'member', input: StartCheckout, output: OrderView, failures: ['workshop.not_found', 'ticket.type_not_found', 'ticket.sold_out', 'ticket.already_yours', 'ticket.sale_closed', 'order.disputed', 'coupon.refused', 'payment.unavailable', 'server.busy'], limit: { points: 20, seconds: 60 } }),
  /** The price with a coupon, before anything is held. Codes can be guessed, so few may be tried. */
  quote: defineRoute('post', '/api/checkout/quote', { who: 'member', input: QuotePrice, output: PriceQuote, failures: ['workshop.not_found', 'ticket.type_not_found', 'ticket.already_yours', 'ticket.sale_closed', 'order.disputed', 'coupon.refused'], limit: { points: 10, seconds: 60 } }),
  /** The order as it truly is: an open one is first compared with Stripe. */
  order: defineRoute('get', '/api/orders/:orderId', { who: 'member', input: InOrder, output: OrderView, failures: ['order.not_found', 'server.busy'] }),
  /** The buyer left the checkout: the session is expired first, then the seat let go; an order paid in between stays paid. */
  abandon: defineRoute('post', '/api/orders/:orderId/abandon', { who: 'member', input: InOrder, output: OrderView, failures: ['order.not_found', 'payment.unavailable', 'server.busy'] }),
  mine: defineRoute('get', '/api/orders', { who: 'member', input: z.strictObject({}), output: z.array(OrderView) }),
  sales: defineRoute('get', '/api/workshops/:workshopId/sales', { who: 'organizer', input: InWorkshop, output: z.array(SaleRow), failures: ['workshop.not_found'] }),
  /** Gives back all that is left of the price, and ends the right at once. */
  refund: defineRoute('post', '/api/orders/:orderId/refund', { who: 'organizer', input: InOrder.extend({ reason: z.string().trim().max(limits.reasonLength).default('') }), output: OrderView, failures: ['order.not_found', 'order.wrong_state', 'payment.unavailable', 'server.busy'] }),
  /** Told to the buyer's own connections. */
  orderChanged: definePush('tickets:orderChanged', OrderView),
  /** Told to organizers: sales, ledger or attention changed; ask again. Null: money of no workshop. */
  moneyChanged: definePush('tickets:moneyChanged', z.object({ workshopId: Id.nullable() })),
} as const;
