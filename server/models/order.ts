/**
 * An order for a seat, with a snapshot of what the buyer saw. Stripe is the truth for its money; its state only ever
 * moves forward:
 *
 *     open -> paid -> refunding -> refunded
 *     open -> awaiting -> paid | late | failed  (a bank that answers in days)
 *     open -> expired -> paid | late            (money that came after the order was closed)
 *     open -> late -> refunded
 *     paid -> disputed -> paid | charged_back   (a bank that takes the money back, and then decides)
 *
 * A refund that leaves the seat to its buyer does not move it.
 */
import { model, Schema, type Model, type Types } from 'mongoose';
import type { OrderState } from '../../shared/contracts/tickets.js';
import { mainKey, type PriceWhy } from '../../shared/contracts/selling.js';
import type { Money } from '../../shared/money.js';
import type { RefundRules, RefundState } from '../../shared/refunds.js';
import { isDuplicate } from './duplicate.js';
import { disputeField, notePipeline, whereNews, type OrderDispute } from './money/orderDispute.js';
import { moneyBackFields, problemField, ticketField, type MoneyBack, type OrderedTicket, type OrderProblem } from './money/orderParts.js';
import { refundRequestSchema, refundRulesField, type RefundRequest } from './money/refundRequest.js';

export interface OrderDocument extends MoneyBack {
  _id: Types.ObjectId;
  clientOrderId: string;
  memberId: Types.ObjectId;
  workshopId: Types.ObjectId;
  workshopTitle: string;
  startsAt: Date;
  /** Absent, like `why`, in an order from before there were several ticket types; see `ticketOf` and `whyOf`. */
  ticket?: OrderedTicket;
  price: Money;
  /** How the price came about when the order was made; it stays whatever changes afterwards. */
  why?: PriceWhy;
  /** The coupon that was asked for; it counts as used only where `why` says that it took something off. */
  couponId?: Types.ObjectId | null;
  refundPolicy: string;
  /** The workshop's at the sale. */
  refundRules?: RefundRules | null;
  state: OrderState;
  /** The end of the seat's hold and of the checkout. */
  holdUntil: Date;
  /** Which checkout session this is: a new one needs a new idempotency key at Stripe. */
  attempt: number;
  /** Stripe's ids; null for a free ticket, and until Stripe has given them. */
  sessionId: string | null;
  checkoutUrl: string | null;
  paymentId: string | null;
  createdAt: Date;
  paidAt: Date | null;
  refundAskedAt: Date | null;
  refundedAt: Date | null;
  /** What was asked to be given back, in the order asked; only ever added to. Absent in an older order. */
  refunds?: RefundRequest[];
  /** Absent in an order from before disputes were followed. */
  dispute?: OrderDispute | null;
  /** When the buyer was written to about money that came too late. */
  lateMailAt: Date | null;
  /** What a person should look at, since when. */
  problem: OrderProblem | null;
  /** When the timer compares the order with Stripe again; null when nothing is left to do. */
  nextCheckAt: Date | null;
}

export type NewOrder = Pick<OrderDocument, 'clientOrderId' | 'workshopTitle' | 'startsAt' | 'price' | 'refundPolicy' | 'refundRules' | 'holdUntil' | 'createdAt'> &
  Required<Pick<OrderDocument, 'ticket' | 'why' | 'couponId'>> & {
    memberId: string;
    workshopId: Types.ObjectId;
  };

/** What an order costs, and why. */
export type OrderPrice = Required<Pick<OrderDocument, 'price' | 'why'>>;

/** What a move may bring with it. */
export type MoveFields = Partial<Pick<OrderDocument, 'paymentId' | 'paidAt' | 'refundAskedAt' | 'refundedAt' | 'nextCheckAt'>>;

interface OrderModel extends Model<OrderDocument> {
  /**
   * Opens an order. A member has one open order for a workshop and one order for a `clientOrderId`; where there is such a
   * one already, that one is answered.
   */
  openOnce(order: NewOrder): Promise<OrderDocument>;
  /** Begins another attempt at a checkout that was never reached, with a new hold; null when the order has moved on. */
  renew(order: OrderDocument, holdUntil: Date): Promise<OrderDocument | null>;
  /** Gives another price to an order that has not reached the checkout; null when it has moved on. */
  reprice(order: OrderDocument, price: OrderPrice): Promise<OrderDocument | null>;
  /** Notes where the order is paid; null when it is no longer waiting for that at this attempt. */
  attach(order: OrderDocument, session: { sessionId: string; checkoutUrl: string }): Promise<OrderDocument | null>;
  /** Takes an order back that never reached the checkout. Answers whether there was such a one. */
  withdraw(orderId: Types.ObjectId): Promise<boolean>;
  /** Moves the order on, if it is in one of the states named; null when it is not. What problem it had is over. */
  move(orderId: Types.ObjectId, from: readonly OrderState[], to: OrderState, fields: MoveFields): Promise<OrderDocument | null>;
  /**
   * Notes a refund before Stripe is asked for it, unless another was noted since the order was read, or its state is another
   * one: so the sum of all was judged with this one in it. Null then.
   */
  noteRefund(order: OrderDocument, refund: RefundRequest, nextCheckAt: Date): Promise<OrderDocument | null>;
  /** Notes what became of refunds, and what all of them come to. */
  markRefunds(orderId: Types.ObjectId, states: ReadonlyMap<string, RefundState>, together: MoneyBack): Promise<OrderDocument>;
  /**
   * Notes what Stripe says of a dispute, and moves the order by it in the same write. One that was decided is never noted as open
   * again, in whatever order it is heard of; then the order is answered as it stands.
   */
  noteDispute(orderId: Types.ObjectId, dispute: OrderDispute): Promise<OrderDocument>;
  /** The id of an order of the member's whose dispute is open. */
  disputedOf(memberId: string): Promise<Types.ObjectId | null>;
  /** Notes what a person should look at. */
  flag(orderId: Types.ObjectId, kind: OrderProblem['kind'], now: Date): Promise<void>;
  /** What a person was to look at is over. */
  unflag(orderId: Types.ObjectId, kind: OrderProblem['kind']): Promise<void>;
  /** Says when the timer looks again, unless the order has left the state or a refund was noted since it was read. */
  restUntil(order: OrderDocument, nextCheckAt: Date | null): Promise<void>;
  /** Takes one order that is due, and keeps other nodes from it until `leaseUntil`. */
  takeDue(now: Date, leaseUntil: Date): Promise<OrderDocument | null>;
  /** The newest order of a member for each of the workshops, by workshop id. */
  newestOf(memberId: string, workshopIds: readonly Types.ObjectId[]): Promise<Map<string, Types.ObjectId>>;
}

const orderSchema = new Schema<OrderDocument, OrderModel>(
  {
    clientOrderId: { type: String, required: true },
    memberId: { type: Schema.Types.ObjectId, required: true },
    workshopId: { type: Schema.Types.ObjectId, required: true },
    workshopTitle: { type: String, required: true },
    startsAt: { type: Date, required: true },
    price: { type: new Schema({ amount: { type: Number, required: true }, currency: { type: String, required: true } }, { _id: false }), required: true },
    ticket: ticketField,
    why: { type: Schema.Types.Mixed },
    couponId: { type: Schema.Types.ObjectId, default: null },
    refundPolicy: { type: String, default: '' },
    refundRules: refundRulesField,
    state: { type: String, required: true },
    holdUntil: { type: Date, required: true },
    attempt: { type: Number, required: true },
    sessionId: { type: String, default: null },
    checkoutUrl: { type: String, default: null },
    paymentId: { type: String, default: null },
    createdAt: { type: Date, required: true },
    paidAt: { type: Date, default: null },
    refundAskedAt: { type: Date, default: null },
    refundedAt: { type: Date, default: null },
    refunds: { type: [refundRequestSchema], default: [] },
    ...moneyBackFields,
    dispute: disputeField,
    lateMailAt: { type: Date, default: null },
    problem: problemField,
    nextCheckAt: { type: Date, default: null },
  },
  { versionKey: false },
);
orderSchema.index({ memberId: 1, clientOrderId: 1 }, { unique: true });
orderSchema.index({ memberId: 1, workshopId: 1 }, { unique: true, partialFilterExpression: { state: 'open' }, name: 'one_open_order' });
orderSchema.index({ memberId: 1, createdAt: -1 });
orderSchema.index({ workshopId: 1, createdAt: -1 });
orderSchema.index({ nextCheckAt: 1 });
orderSchema.index({ paymentId: 1 });
orderSchema.index({ 'problem.since': 1 });
orderSchema.index({ state: 1, refundAskedAt: 1 });
orderSchema.index({ memberId: 1, 'dispute.state': 1 });

orderSchema.statics.openOnce = async function (this: OrderModel, order: NewOrder) {
  try {
    const opened = await this.create({ ...order, state: 'open', attempt: 1, nextCheckAt: order.holdUntil });
    return opened.toObject();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const { memberId, clientOrderId, workshopId } = order;
    const standing = (await this.findOne({ memberId, clientOrderId }).lean()) ?? (await this.findOne({ memberId, workshopId, state: 'open' }).lean());
    // It may have been closed between the two: then there is room for a new one.
    return standing ?? this.openOnce(order);
  }
};

orderSchema.statics.renew = function (this: OrderModel, { _id, attempt }: OrderDocument, holdUntil: Date) {
  return this.findOneAndUpdate({ _id, attempt, state: 'open', sessionId: null }, { $inc: { attempt: 1 }, $set: { holdUntil, nextCheckAt: holdUntil } }, { returnDocument: 'after' }).lean();
};

orderSchema.statics.reprice = function (this: OrderModel, { _id, attempt }: OrderDocument, price: OrderPrice) {
  return this.findOneAndUpdate({ _id, attempt, state: 'open', sessionId: null }, { $inc: { attempt: 1 }, $set: price }, { returnDocument: 'after' }).lean();
};

orderSchema.statics.attach = function (this: OrderModel, { _id, attempt }: OrderDocument, session: { sessionId: string; checkoutUrl: string }) {
  return this.findOneAndUpdate({ _id, attempt, state: 'open', sessionId: null }, { $set: session }, { returnDocument: 'after' }).lean();
};

orderSchema.statics.withdraw = async function (this: OrderModel, orderId: Types.ObjectId) {
  const result = await this.deleteOne({ _id: orderId, state: 'open', sessionId: null });
  return result.deletedCount === 1;
};

/** That no refund was noted besides these. */
const noneSince = (refunds: readonly RefundRequest[]) => ({ [`refunds.${refunds.length}`]: { $exists: false } });

orderSchema.statics.noteRefund = function (this: OrderModel, { _id, state, refunds = [] }: OrderDocument, refund: RefundRequest, nextCheckAt: Date) {
  return this.findOneAndUpdate({ _id, state, ...noneSince(refunds) }, { $push: { refunds: refund }, $set: { nextCheckAt } }, { returnDocument: 'after' }).lean();
};

orderSchema.statics.markRefunds = async function (this: OrderModel, orderId: Types.ObjectId, states: ReadonlyMap<string, RefundState>, together: MoneyBack) {
  await Promise.all([...states].map(([id, state]) => this.updateOne({ _id: orderId, refunds: { $elemMatch: { id, state: { $ne: state } } } }, { $set: { 'refunds.$.state': state } })));
  return this.findOneAndUpdate({ _id: orderId }, { $set: together }, { returnDocument: 'after' }).orFail().lean();
};

orderSchema.statics.noteDispute = async function (this: OrderModel, orderId: Types.ObjectId, dispute: OrderDispute) {
  const noted = await this.findOneAndUpdate(whereNews(orderId, dispute), notePipeline(dispute), { updatePipeline: true, returnDocument: 'after' }).lean();
  return noted ?? this.findById(orderId).orFail().lean();
};

orderSchema.statics.disputedOf = async function (this: OrderModel, memberId: string) {
  return (await this.findOne({ memberId, 'dispute.state': 'open' }, { _id: 1 }).lean())?._id ?? null;
};

orderSchema.statics.flag = async function (this: OrderModel, orderId: Types.ObjectId, kind: OrderProblem['kind'], now: Date) {
  await this.updateOne({ _id: orderId, problem: null }, { $set: { problem: { kind, since: now } } });
};

orderSchema.statics.unflag = async function (this: OrderModel, orderId: Types.ObjectId, kind: OrderProblem['kind']) {
  await this.updateOne({ _id: orderId, 'problem.kind': kind }, { $set: { problem: null } });
};

orderSchema.statics.restUntil = async function (this: OrderModel, { _id, state, refunds = [] }: OrderDocument, nextCheckAt: Date | null) {
  await this.updateOne({ _id, state, ...noneSince(refunds) }, { $set: { nextCheckAt } });
};

orderSchema.statics.move = function (this: OrderModel, orderId: Types.ObjectId, from: readonly OrderState[], to: OrderState, fields: MoveFields) {
  return this.findOneAndUpdate({ _id: orderId, state: { $in: [...from] } }, { $set: { ...fields, state: to, problem: null } }, { returnDocument: 'after' }).lean();
};

orderSchema.statics.takeDue = function (this: OrderModel, now: Date, leaseUntil: Date) {
  return this.findOneAndUpdate({ nextCheckAt: { $lte: now } }, { $set: { nextCheckAt: leaseUntil } }, { sort: { nextCheckAt: 1 }, returnDocument: 'after' }).lean();
};

orderSchema.statics.newestOf = async function (this: OrderModel, memberId: string, workshopIds: readonly Types.ObjectId[]) {
  const orders = await this.find({ memberId, workshopId: { $in: workshopIds } }, { workshopId: 1 }).sort({ createdAt: 1 }).lean();
  return new Map(orders.map((order) => [String(order.workshopId), order._id]));
};

/** Which ticket was ordered. */
export function ticketOf({ ticket }: OrderDocument): OrderedTicket {
  return ticket ?? { typeKey: mainKey, name: '', pool: mainKey };
}

/** How an order's price came about. */
export function whyOf({ why, price }: OrderDocument): PriceWhy {
  return why ?? { list: price.amount, reason: { kind: 'list' }, coupon: null };
}

export const Order = model<OrderDocument, OrderModel>('Order', orderSchema);
