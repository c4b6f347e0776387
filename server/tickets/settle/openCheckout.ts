import type Stripe from 'stripe';
import { AppError } from '../../../shared/failures.js';
import { limits } from '../../../shared/limits.js';
import type { Deps } from '../../deps.js';
import { isCancelled } from '../../models/money/cancellations.js';
import { Member } from '../../models/member.js';
import { Order, ticketOf, type OrderDocument } from '../../models/order.js';

/**
 * Opens the checkout of an order whose seat is held, at the price the order was made with. Asked twice for the same attempt,
 * Stripe answers the same checkout.
 *
 * @throws payment.unavailable - Stripe did not open one, the order was taken back meanwhile, or the workshop was cancelled.
 */
export async function openCheckout(deps: Deps, order: OrderDocument): Promise<OrderDocument> {
  // The order stands by now: either it is seen as off here, or whoever calls it off sees the order.
  if (await isCancelled(order.workshopId)) throw new AppError('payment.unavailable');
  const params = await paramsOf(deps, order);
  const idempotencyKey = `checkout:${String(order._id)}:${order.attempt}`;
  const session = await deps.askStripe((stripe) => stripe.checkout.sessions.create(params, { idempotencyKey }));
  if (!session.url) throw new AppError('payment.unavailable');
  const attached = await Order.attach(order, { sessionId: session.id, checkoutUrl: session.url });
  if (attached) return attached;
  const current = await Order.findById(order._id).lean();
  if (current?.sessionId === session.id) return current;
  // The order is gone or has another checkout: nobody may pay at this one.
  await deps.askStripe((stripe) => stripe.checkout.sessions.expire(session.id), 'refused');
  if (!current) throw new AppError('payment.unavailable');
  return current;
}

/**
 * With what an order may be paid: a bank that answers in days is only offered where it answers long before the workshop. It is
 * judged by when the order was made, for asked twice it must be the same.
 */
function meansFor({ startsAt, createdAt }: OrderDocument): Stripe.Checkout.SessionCreateParams.AllowedPaymentMethodType[] {
  const isLongAhead = startsAt.getTime() - createdAt.getTime() >= limits.bankAnswerDays * 24 * 60 * 60_000;
  return isLongAhead ? ['card', 'sepa_debit', 'us_bank_account'] : ['card'];
}

async function paramsOf(deps: Deps, order: OrderDocument): Promise<Stripe.Checkout.SessionCreateParams> {
  const buyer = await Member.findById(order.memberId).orFail().lean();
  const orderId = String(order._id);
  const ticket = ticketOf(order).name;
  const page = `${deps.publicUrl}/orders/${orderId}`;
  return {
    mode: 'payment',
    allowed_payment_method_types: meansFor(order),
    line_items: [{ quantity: 1, price_data: { currency: order.price.currency, unit_amount: order.price.amount, product_data: { name: ticket === '' ? order.workshopTitle : `${order.workshopTitle} · ${ticket}` } } }],
    client_reference_id: orderId,
    metadata: { orderId },
    payment_intent_data: { metadata: { orderId } },
    customer_email: buyer.email,
    locale: buyer.language === 'zh-CN' ? 'zh' : 'en',
    expires_at: Math.floor(order.holdUntil.getTime() / 1000),
    success_url: `${page}?paid`,
    cancel_url: `${page}?left`,
  };
}
