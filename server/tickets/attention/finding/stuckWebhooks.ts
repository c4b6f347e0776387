import type { AttentionItem } from '../../../../shared/contracts/tickets/attention.js';
import type { Deps } from '../../../deps.js';
import { Member } from '../../../models/member.js';
import { PayingCustomer } from '../../../models/memberships/payingCustomer.js';
import { WebhookEvent, type WebhookEventDocument } from '../../../models/money/webhookEvent.js';
import { Order } from '../../../models/order.js';

/** A webhook that is not handled after this has got stuck, in milliseconds. */
const patienceMs = 5 * 60_000;

/** Webhooks that could not be followed, one for each thing they are about: the one that waits longest. */
export async function stuckWebhooks(deps: Deps): Promise<AttentionItem[]> {
  const received = { $lte: new Date(deps.now().getTime() - patienceMs) };
  const events = await WebhookEvent.find({ nextTryAt: { $ne: null }, receivedAt: received }).sort({ receivedAt: 1, _id: 1 }).lean();
  const firsts = [...new Map(events.toReversed().map((event) => [subjectKey(event), event])).values()].toReversed();
  const whose = await whoseAre(firsts);
  const people = await Member.people([...new Set(whose.values())]);
  return firsts.map((event) => {
    const person = people.get(whose.get(event._id) ?? '') ?? null;
    return {
      kind: 'webhook_stuck',
      id: `webhook:${event._id}`,
      type: event.type,
      person,
      tries: event.failures,
      since: event.receivedAt.toISOString(),
      // One about somebody the house knows will be needed yet.
      repairs: person ? [{ kind: 'ask_again' }] : [{ kind: 'ask_again' }, { kind: 'set_aside' }],
    };
  });
}

const subjectKey = ({ _id, orderId, paymentId, customerId }: WebhookEventDocument): string => String(orderId ?? paymentId ?? customerId ?? _id);

/** Which member an event is about, by its id, where its order, its payment or its customer tells. */
async function whoseAre(events: readonly WebhookEventDocument[]): Promise<Map<string, string>> {
  const [orders, payers] = await Promise.all([
    Order.find({ $or: [{ _id: { $in: events.flatMap(({ orderId }) => orderId ?? []) } }, { paymentId: { $in: events.flatMap(({ paymentId }) => paymentId ?? []) } }] }, { memberId: 1, paymentId: 1 }).lean(),
    PayingCustomer.find({ customerId: { $in: events.flatMap(({ customerId }) => customerId ?? []) } }).lean(),
  ]);
  return new Map(events.flatMap(({ _id, orderId, paymentId, customerId }): [string, string][] => {
    const order = orders.find((one) => orderId?.equals(one._id) || (paymentId !== null && one.paymentId === paymentId));
    const memberId = order?.memberId ?? payers.find((one) => one.customerId === customerId)?._id;
    return memberId ? [[_id, String(memberId)]] : [];
  }));
}
