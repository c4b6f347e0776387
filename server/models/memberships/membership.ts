/**
 * A membership: a tier that a member pays for again and again. Stripe is the truth for its money; what is kept here is what
 * Stripe last said, read and written under a version, so that an older reading never overwrites a newer one:
 *
 *     starting -> trialing -> active <-> past_due
 *     any of them -> ended                        (for good: whoever comes back begins another)
 */
import { model, Schema, type Model, type Types } from 'mongoose';
import type { BillingInterval, MembershipEnd, MembershipState } from '../../../shared/contracts/memberships/memberships.js';
import { isDuplicate } from '../duplicate.js';

/** A tier at a price, as it was when the member took it. `amount` is in minor units. */
export interface StoredPlan {
  priceId: Types.ObjectId;
  tierKey: string;
  interval: BillingInterval;
  amount: number;
  currency: string;
}

/** What a membership turns into, and when. */
export interface ComingPlan {
  plan: StoredPlan;
  at: Date;
}

/** An invoice whose money stands in the ledger: `paymentId` is Stripe's payment intent, null where nothing was to be paid. */
export interface BookedInvoice {
  invoiceId: string;
  paymentId: string | null;
}

/** What Stripe said of a membership when it was last asked. */
export interface MembershipFacts {
  state: MembershipState;
  plan: StoredPlan;
  /** Since when it is this tier: the right to it starts then. */
  tierSince: Date | null;
  subscriptionId: string | null;
  /** When the trial or the first paid period began. */
  startedAt: Date | null;
  periodEnd: Date | null;
  trialEnd: Date | null;
  /** Set while it is to end by itself. */
  cancelAt: Date | null;
  /** What it turns into at the period's end; null while it stays what it is. */
  coming: ComingPlan | null;
  /** While past_due: until when everything stays open, and what is owed in minor units. */
  graceUntil: Date | null;
  owed: number;
  /** The card whose payment failed, by Stripe's id: another one is tried at once. */
  failedCard: string | null;
  endedAt: Date | null;
  endReason: MembershipEnd | null;
}

export interface MembershipDocument extends MembershipFacts {
  _id: Types.ObjectId;
  clientMembershipId: string;
  memberId: Types.ObjectId;
  /** Whether it counts as the one that a member may have; true until it has ended. */
  isLive: boolean;
  /** Days of free trial that its checkout offers; 0 for none. */
  trialDays: number;
  /** Stripe's customer, of whom each member is one. */
  customerId: string | null;
  /** The checkout, and until when it can be paid; null until Stripe has given it. */
  sessionId: string | null;
  checkoutUrl: string | null;
  checkoutUntil: Date;
  /** The newest of the invoices that stand in the ledger. */
  booked: BookedInvoice[];
  /** Rises by one with each change of the facts. */
  version: number;
  createdAt: Date;
  /** When the timer compares it with Stripe again; null when nothing is left to do. */
  nextCheckAt: Date | null;
}

export type NewMembership = Pick<MembershipDocument, 'clientMembershipId' | 'plan' | 'trialDays' | 'checkoutUntil' | 'createdAt'> & { memberId: string };

/** How many booked invoices are kept in mind. */
const bookedKept = 24;

interface MembershipModel extends Model<MembershipDocument> {
  /** Begins one; null where the member has a live one already, or one under this `clientMembershipId`. */
  begin(membership: NewMembership): Promise<MembershipDocument | null>;
  /** Notes where it is paid, and until when; null when it has moved on. */
  attach(membership: MembershipDocument, session: Pick<MembershipDocument, 'customerId' | 'sessionId' | 'checkoutUrl' | 'checkoutUntil'>): Promise<MembershipDocument | null>;
  /** Takes one back that never reached the checkout. Answers whether there was such a one. */
  withdraw(membershipId: Types.ObjectId): Promise<boolean>;
  /** Writes what Stripe said, unless something was written since it was read; null then. It is looked at again at `nextCheckAt`. */
  follow(before: MembershipDocument, facts: MembershipFacts, nextCheckAt: Date): Promise<MembershipDocument | null>;
  /** Says when the timer looks again, unless it has changed since it was read. */
  restUntil(membership: MembershipDocument, nextCheckAt: Date | null): Promise<void>;
  /** Notes that an invoice's money stands in the ledger. */
  noteBooked(membershipId: Types.ObjectId, invoice: BookedInvoice): Promise<void>;
  /** The one the member has now. */
  liveOf(memberId: string): Promise<MembershipDocument | null>;
  /** The live one, or else the last that had begun; null when there was none. */
  newestOf(memberId: string): Promise<MembershipDocument | null>;
  /** Takes one that is due, and keeps other nodes from it until `leaseUntil`. */
  takeDue(now: Date, leaseUntil: Date): Promise<MembershipDocument | null>;
}

const planSchema = new Schema<StoredPlan>(
  {
    priceId: { type: Schema.Types.ObjectId, required: true },
    tierKey: { type: String, required: true },
    interval: { type: String, required: true },
    amount: { type: Number, required: true },
    currency: { type: String, required: true },
  },
  { _id: false },
);

const membershipSchema = new Schema<MembershipDocument, MembershipModel>(
  {
    clientMembershipId: { type: String, required: true },
    memberId: { type: Schema.Types.ObjectId, required: true },
    isLive: { type: Boolean, required: true, default: true },
    state: { type: String, required: true, default: 'starting' },
    plan: { type: planSchema, required: true },
    trialDays: { type: Number, required: true, default: 0 },
    tierSince: { type: Date, default: null },
    customerId: { type: String, default: null },
    subscriptionId: { type: String, default: null },
    sessionId: { type: String, default: null },
    checkoutUrl: { type: String, default: null },
    checkoutUntil: { type: Date, required: true },
    startedAt: { type: Date, default: null },
    periodEnd: { type: Date, default: null },
    trialEnd: { type: Date, default: null },
    cancelAt: { type: Date, default: null },
    coming: { type: new Schema<ComingPlan>({ plan: { type: planSchema, required: true }, at: { type: Date, required: true } }, { _id: false }), default: null },
    graceUntil: { type: Date, default: null },
    owed: { type: Number, required: true, default: 0 },
    failedCard: { type: String, default: null },
    endedAt: { type: Date, default: null },
    endReason: { type: String, default: null },
    booked: { type: [new Schema<BookedInvoice>({ invoiceId: { type: String, required: true }, paymentId: { type: String, default: null } }, { _id: false })], default: [] },
    version: { type: Number, required: true, default: 0 },
    createdAt: { type: Date, required: true },
    nextCheckAt: { type: Date, default: null },
  },
  { versionKey: false },
);
membershipSchema.index({ memberId: 1, clientMembershipId: 1 }, { unique: true });
membershipSchema.index({ memberId: 1 }, { unique: true, partialFilterExpression: { isLive: true }, name: 'one_live_membership' });
membershipSchema.index({ memberId: 1, createdAt: -1 });
membershipSchema.index({ subscriptionId: 1 });
membershipSchema.index({ 'booked.paymentId': 1 });
membershipSchema.index({ nextCheckAt: 1 });

membershipSchema.statics.begin = async function (this: MembershipModel, membership: NewMembership) {
  try {
    return (await this.create({ ...membership, nextCheckAt: membership.checkoutUntil })).toObject();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return null;
  }
};

membershipSchema.statics.attach = function (this: MembershipModel, { _id }: MembershipDocument, session: Pick<MembershipDocument, 'customerId' | 'sessionId' | 'checkoutUrl' | 'checkoutUntil'>) {
  return this.findOneAndUpdate({ _id, state: 'starting', sessionId: null }, { $set: session, $inc: { version: 1 } }, { returnDocument: 'after' }).lean();
};

membershipSchema.statics.withdraw = async function (this: MembershipModel, membershipId: Types.ObjectId) {
  const result = await this.deleteOne({ _id: membershipId, state: 'starting', sessionId: null });
  return result.deletedCount === 1;
};

membershipSchema.statics.follow = function (this: MembershipModel, { _id, version }: MembershipDocument, facts: MembershipFacts, nextCheckAt: Date) {
  const isLive = facts.state !== 'ended';
  return this.findOneAndUpdate({ _id, version, isLive: true }, { $set: { ...facts, isLive, nextCheckAt }, $inc: { version: 1 } }, { returnDocument: 'after' }).lean();
};

membershipSchema.statics.restUntil = async function (this: MembershipModel, { _id, version }: MembershipDocument, nextCheckAt: Date | null) {
  await this.updateOne({ _id, version }, { $set: { nextCheckAt } });
};

membershipSchema.statics.noteBooked = async function (this: MembershipModel, membershipId: Types.ObjectId, invoice: BookedInvoice) {
  await this.updateOne({ _id: membershipId, 'booked.invoiceId': { $ne: invoice.invoiceId } }, { $push: { booked: { $each: [invoice], $slice: -bookedKept } } });
};

membershipSchema.statics.liveOf = function (this: MembershipModel, memberId: string) {
  return this.findOne({ memberId, isLive: true }).lean();
};

membershipSchema.statics.newestOf = async function (this: MembershipModel, memberId: string) {
  const begun = { $or: [{ isLive: true }, { endReason: { $ne: 'not_completed' as const } }] };
  return this.findOne({ memberId, ...begun }).sort({ isLive: -1, createdAt: -1 }).lean();
};

membershipSchema.statics.takeDue = function (this: MembershipModel, now: Date, leaseUntil: Date) {
  return this.findOneAndUpdate({ nextCheckAt: { $lte: now } }, { $set: { nextCheckAt: leaseUntil } }, { sort: { nextCheckAt: 1 }, returnDocument: 'after' }).lean();
};

/** What Stripe said of it last. */
export function factsOf(membership: MembershipDocument): MembershipFacts {
  const { state, plan, tierSince, subscriptionId, startedAt, periodEnd, trialEnd, cancelAt, coming, graceUntil, owed, failedCard, endedAt, endReason } = membership;
  return { state, plan, tierSince, subscriptionId, startedAt, periodEnd, trialEnd, cancelAt, coming, graceUntil, owed, failedCard, endedAt, endReason };
}

export const Membership = model<MembershipDocument, MembershipModel>('Membership', membershipSchema);
