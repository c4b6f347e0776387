import type { Types } from 'mongoose';
import type { Deps } from '../../../deps.js';
import { MoneyFinding } from '../../../models/money/moneyFinding.js';
import { Order, type OrderDocument } from '../../../models/order.js';
import { Seats } from '../../../models/seats.js';
import { followHint } from '../../handleWebhook.js';
import type { Comparing } from './comparing.js';
import { workshopsAhead } from './judgeRights.js';

/** Where seats and tickets of a workshop differ. */
export interface SeatsApart {
  taken: number;
  valid: number;
  /** Orders that have a seat and are no valid ticket; an order may be gone altogether. */
  astray: Types.ObjectId[];
  /** Valid tickets that have no seat. */
  seatless: OrderDocument[];
}

/**
 * Holds the seats that are taken of each workshop against its valid tickets. Orders in which they differ are compared with Stripe once
 * more; where they differ still, that is noted.
 *
 * @throws payment.unavailable - Stripe does not answer.
 */
export async function judgeSeats({ deps, followers, count }: Comparing): Promise<void> {
  for (const workshopId of await workshopsAhead()) {
    const { astray, seatless } = await seatsApart(workshopId);
    for (const orderId of [...astray, ...seatless.map(({ _id }) => _id)]) await count(await followHint(deps, followers, { orderId, paymentId: null, customerId: null }));
    await noteSeats(deps, workshopId);
  }
}

/** Notes whether seats and tickets of a workshop differ. */
export async function noteSeats(deps: Deps, workshopId: Types.ObjectId): Promise<void> {
  const id = `seats:${String(workshopId)}`;
  const { taken, valid, astray, seatless } = await seatsApart(workshopId);
  const isSo = astray.length > 0 || seatless.length > 0;
  await (isSo ? MoneyFinding.report(id, { kind: 'seats_disagree', workshopId, taken, valid }, deps.now()) : MoneyFinding.close(id, deps.now()));
}

/** Where seats and tickets of a workshop differ now. A bank's answer is waited for with a seat, or without where none was left. */
export async function seatsApart(workshopId: Types.ObjectId): Promise<SeatsApart> {
  const [seats, orders] = await Promise.all([
    Seats.findById(workshopId, { 'taken.orderId': 1 }).lean(),
    Order.find({ workshopId, state: { $in: ['paid', 'disputed', 'awaiting'] } }).lean(),
  ]);
  const taken = (seats?.taken ?? []).map(({ orderId }) => orderId);
  const [withSeat, mayHaveOne] = [new Set(taken.map(String)), new Set(orders.map(({ _id }) => String(_id)))];
  const valid = orders.filter(({ state, _id }) => state !== 'awaiting' || withSeat.has(String(_id)));
  return { taken: taken.length, valid: valid.length, astray: taken.filter((id) => !mayHaveOne.has(String(id))), seatless: valid.filter(({ _id }) => !withSeat.has(String(_id))) };
}
