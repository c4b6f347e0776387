import type { Types } from 'mongoose';
import type { Deps } from '../../../deps.js';
import { Grant, type GrantDocument } from '../../../models/grant.js';
import { Membership } from '../../../models/memberships/membership.js';
import { LedgerEntry } from '../../../models/money/ledgerEntry.js';
import { MoneyFinding } from '../../../models/money/moneyFinding.js';
import { Order } from '../../../models/order.js';
import { Workshop } from '../../../models/workshop.js';
import { followHint } from '../../handleWebhook.js';
import type { Comparing } from './comparing.js';

/** The workshops whose tickets still open something that is to come. */
export async function workshopsAhead(): Promise<Types.ObjectId[]> {
  return (await Workshop.find({ state: { $in: ['scheduled', 'live'] } }, { _id: 1 }).lean()).map(({ _id }) => _id);
}

/**
 * Holds rights against what was paid for them. Where they differ, what they come from is compared with Stripe once more; where they
 * differ still, that is noted.
 *
 * @throws payment.unavailable - Stripe does not answer.
 */
export async function judgeRights(comparing: Comparing): Promise<void> {
  const workshopIds = await workshopsAhead();
  await judgeUnopened(comparing, workshopIds);
  await judgeUnpaid(comparing, workshopIds);
}

async function judgeUnopened({ deps, followers, count }: Comparing, workshopIds: readonly Types.ObjectId[]): Promise<void> {
  for (const orderId of await paidWithoutRight(deps, { workshopId: { $in: workshopIds } })) {
    await count(await followHint(deps, followers, { orderId, paymentId: null, customerId: null }));
    await noteUnopened(deps, orderId);
  }
  for (const { found } of await MoneyFinding.standing('paid_without_right')) if (found.kind === 'paid_without_right') await noteUnopened(deps, found.orderId);
}

/** Notes whether an order is paid for and opens nothing. */
export async function noteUnopened(deps: Deps, orderId: Types.ObjectId): Promise<void> {
  const id = `order:${String(orderId)}`;
  const isSo = (await paidWithoutRight(deps, { _id: orderId })).length > 0;
  await (isSo ? MoneyFinding.report(id, { kind: 'paid_without_right', orderId }, deps.now()) : MoneyFinding.close(id, deps.now()));
}

async function paidWithoutRight(deps: Deps, which: Record<string, unknown>): Promise<Types.ObjectId[]> {
  const paid = await Order.find({ ...which, state: 'paid' }, { _id: 1, workshopId: 1 }).lean();
  const ahead = new Set((await workshopsAhead()).map(String));
  const opened = new Set((await liveGrants(deps, { 'source.kind': 'ticket', 'source.id': { $in: paid.map(({ _id }) => String(_id)) } })).map(({ source }) => source.id));
  return paid.filter(({ _id, workshopId }) => ahead.has(String(workshopId)) && !opened.has(String(_id))).map(({ _id }) => _id);
}

async function judgeUnpaid({ deps, followers, count }: Comparing, workshopIds: readonly Types.ObjectId[]): Promise<void> {
  const ofTickets = await liveGrants(deps, { 'source.kind': 'ticket', kind: 'workshop', ref: { $in: workshopIds.map(String) } });
  const ofMemberships = await liveGrants(deps, { 'source.kind': 'subscription' });
  for (const grant of await unpaidOf([...ofTickets, ...ofMemberships])) {
    await count(await followHint(deps, followers, await hintOf(grant)));
    await noteUnpaid(deps, grant._id);
  }
  for (const { found } of await MoneyFinding.standing('right_without_money')) if (found.kind === 'right_without_money') await noteUnpaid(deps, found.grantId);
}

/** Notes whether a right is live and nothing was paid for it. */
export async function noteUnpaid(deps: Deps, grantId: Types.ObjectId): Promise<void> {
  const id = `right:${String(grantId)}`;
  await ((await isUnpaid(deps, grantId)) ? MoneyFinding.report(id, { kind: 'right_without_money', grantId }, deps.now()) : MoneyFinding.close(id, deps.now()));
}

/** Whether a right is live and nothing was paid for it, as the house knows it. */
export async function isUnpaid(deps: Deps, grantId: Types.ObjectId): Promise<boolean> {
  return (await unpaidOf(await liveGrants(deps, { _id: grantId }))).length > 0;
}

async function hintOf({ source }: GrantDocument): Promise<{ orderId: string | null; paymentId: null; customerId: string | null }> {
  if (source.kind === 'ticket') return { orderId: source.id, paymentId: null, customerId: null };
  return { orderId: null, paymentId: null, customerId: (await Membership.findById(source.id).lean())?.customerId ?? null };
}

function liveGrants(deps: Deps, which: Record<string, unknown>): Promise<GrantDocument[]> {
  const now = deps.now();
  return Grant.find({ ...which, startsAt: { $lte: now }, $or: [{ endsAt: null }, { endsAt: { $gt: now } }] }).lean();
}

/** Those of the grants whose order is not paid, or has no charge in the books; or whose membership has ended, or never began. */
async function unpaidOf(grants: readonly GrantDocument[]): Promise<GrantDocument[]> {
  const idsOf = (kind: GrantDocument['source']['kind']): string[] => grants.filter(({ source }) => source.kind === kind).map(({ source }) => source.id);
  const [orders, live] = await Promise.all([
    Order.find({ _id: { $in: idsOf('ticket') }, state: 'paid' }, { _id: 1, price: 1 }).lean(),
    Membership.find({ _id: { $in: idsOf('subscription') }, isLive: true, state: { $ne: 'starting' } }, { _id: 1 }).lean(),
  ]);
  const charged = new Set((await LedgerEntry.find({ kind: 'charge', orderId: { $in: orders.map(({ _id }) => _id) } }, { orderId: 1 }).lean()).map(({ orderId }) => String(orderId)));
  const good = new Set([...orders.filter(({ _id, price }) => price.amount === 0 || charged.has(String(_id))), ...live].map(({ _id }) => String(_id)));
  return grants.filter(({ source }) => source.kind !== 'gift' && !good.has(source.id));
}
