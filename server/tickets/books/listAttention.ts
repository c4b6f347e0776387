import type { AttentionItem } from '../../../shared/contracts/tickets.js';
import type { Deps } from '../../deps.js';
import { Member } from '../../models/member.js';
import { Order, type OrderDocument } from '../../models/order.js';
import { WebhookEvent } from '../../models/money/webhookEvent.js';

/** A refund that is not back after this has got stuck. */
const refundPatienceMs = 24 * 60 * 60_000;
/** A webhook that is not handled after this has got stuck. */
const webhookPatienceMs = 5 * 60_000;

interface Finding {
  order: OrderDocument;
  problem: AttentionItem['problem'];
  since: Date;
}

/** What a person should look at, the longest waiting first. */
export async function listAttention(deps: Deps): Promise<AttentionItem[]> {
  const findings = (await Promise.all([flagged(deps), slowRefunds(deps), stuckWebhooks(deps)])).flat();
  const people = await Member.people([...new Set(findings.map(({ order }) => String(order.memberId)))]);
  findings.sort((a, b) => a.since.getTime() - b.since.getTime());
  return findings.flatMap(({ order, problem, since }) => {
    const buyer = people.get(String(order.memberId));
    return buyer ? [{ orderId: String(order._id), buyer, problem, since: since.toISOString() }] : [];
  });
}

async function flagged(deps: Deps): Promise<Finding[]> {
  const orders = await Order.find({ 'problem.since': { $lte: deps.now() } }).lean();
  return orders.flatMap((order) => (order.problem ? [{ order, problem: order.problem.kind, since: order.problem.since }] : []));
}

async function slowRefunds(deps: Deps): Promise<Finding[]> {
  const asked = { $lte: new Date(deps.now().getTime() - refundPatienceMs) };
  const orders = await Order.find({ state: { $in: ['refunding', 'late'] }, refundAskedAt: asked, problem: null }).lean();
  return orders.map((order) => ({ order, problem: 'refund_stuck', since: order.refundAskedAt ?? order.createdAt }));
}

async function stuckWebhooks(deps: Deps): Promise<Finding[]> {
  const received = { $lte: new Date(deps.now().getTime() - webhookPatienceMs) };
  const events = await WebhookEvent.find({ nextTryAt: { $ne: null }, receivedAt: received }).sort({ receivedAt: 1 }).lean();
  const orders = await Order.find({ _id: { $in: events.flatMap((event) => event.orderId ?? []) } }).lean();
  return orders.flatMap((order) => {
    const event = events.find(({ orderId }) => orderId?.equals(order._id));
    return event ? [{ order, problem: 'webhook_stuck' as const, since: event.receivedAt }] : [];
  });
}
