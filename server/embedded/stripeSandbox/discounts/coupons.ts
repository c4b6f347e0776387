/** Coupons: https://docs.stripe.com/api/coupons. What one takes off never changes; only its name and metadata do. */
import { z } from 'zod';
import { badRequest, noSuchObject } from '../api/apiFault.js';
import { lists, reads, writes, type Endpoint } from '../api/endpoint.js';
import { currency, id as idParam, integer, list, mergeMetadata, metadata, oneOf, params, percent, text } from '../api/params.js';
import { deletedStub } from '../api/show.js';
import { maxAmount } from '../objects/prices.js';
import type { StoredCoupon } from '../store/kinds.js';
import { newId } from '../store/newId.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';

const couponParams = params({
  amount_off: integer(1, maxAmount).optional(),
  applies_to: z.strictObject({ products: list(idParam(), 50) }).optional(),
  currency: currency().optional(),
  duration: oneOf('forever', 'once', 'repeating').default('once'),
  duration_in_months: integer(1, 120).optional(),
  id: text(200).regex(/^[\w-]+$/).optional(),
  max_redemptions: integer(1, 1_000_000_000).optional(),
  metadata: metadata().optional(),
  name: text(40).optional(),
  percent_off: percent().optional(),
  redeem_by: integer().optional(),
});
type NewCoupon = z.infer<typeof couponParams>;

const couponChangeParams = params({ metadata: metadata().optional(), name: text(40).optional() });

function createCoupon(turn: Turn, given: NewCoupon): StoredCoupon {
  judge(turn, given);
  const coupon = turn.draft.put('coupon', {
    id: given.id ?? newId('', 8),
    object: 'coupon',
    amount_off: given.amount_off ?? null,
    ...(given.applies_to ? { applies_to: given.applies_to } : {}),
    created: turn.now,
    currency: given.amount_off === undefined ? null : (given.currency ?? null),
    duration: given.duration,
    duration_in_months: given.duration_in_months ?? null,
    livemode: false,
    max_redemptions: given.max_redemptions ?? null,
    metadata: mergeMetadata({}, given.metadata),
    name: given.name ?? null,
    percent_off: given.percent_off ?? null,
    redeem_by: given.redeem_by ?? null,
    times_redeemed: 0,
    valid: true,
  });
  emitEvent(turn, 'coupon.created', coupon);
  return coupon;
}

function judge({ draft, now }: Turn, given: NewCoupon): void {
  const { amount_off: amount, percent_off: share, duration, duration_in_months: months } = given;
  if (amount === undefined && share === undefined)
    throw badRequest('Must provide a percent_off or an amount_off.', { code: 'parameter_missing', param: 'percent_off' });
  if (amount !== undefined && share !== undefined)
    throw badRequest('You may only specify one of these parameters: amount_off, percent_off.', { param: 'amount_off' });
  if (amount !== undefined && !given.currency)
    throw badRequest('Must provide currency when amount_off is provided.', { code: 'parameter_missing', param: 'currency' });
  if ((duration === 'repeating') !== (months !== undefined))
    throw badRequest('`duration_in_months` is required when, and only when, `duration` is `repeating`.', { param: 'duration_in_months' });
  if (given.redeem_by !== undefined && given.redeem_by <= now) throw badRequest('`redeem_by` must be in the future.', { param: 'redeem_by' });
  if (given.id !== undefined && draft.get('coupon', given.id))
    throw badRequest('Coupon already exists.', { code: 'resource_already_exists', param: 'id' });
  const missing = given.applies_to?.products.find((product) => !draft.get('product', product));
  if (missing) throw badRequest(`No such product: '${missing}'`, { code: 'resource_missing', param: 'applies_to[products]' });
}

function updateCoupon(turn: Turn, id: string, given: z.infer<typeof couponChangeParams>): StoredCoupon {
  const before = turn.draft.get('coupon', id);
  if (!before) throw noSuchObject('coupon', id);
  const coupon = turn.draft.put('coupon', { ...before, name: given.name ?? before.name, metadata: mergeMetadata(before.metadata ?? {}, given.metadata) });
  emitEvent(turn, 'coupon.updated', coupon, before);
  return coupon;
}

/** What was given with it stays given; nobody gets it any more. */
function deleteCoupon(turn: Turn, id: string): object {
  const coupon = turn.draft.get('coupon', id);
  if (!coupon) throw noSuchObject('coupon', id);
  turn.draft.remove('coupon', id);
  turn.draft.put('tombstone', { id, object: 'tombstone', of: 'coupon' });
  emitEvent(turn, 'coupon.deleted', coupon);
  return { id, object: 'coupon', deleted: true };
}

/** The API's rows for coupons. */
export const couponEndpoints: readonly Endpoint[] = [
  writes('post', '/v1/coupons', couponParams, (turn, { params: given }) => createCoupon(turn, given)),
  lists('coupon', '/v1/coupons'),
  reads('/v1/coupons/:id', params({}), (look, { id }) => {
    const coupon = look.reader.get('coupon', id) ?? deletedStub(look, id);
    if (!coupon) throw noSuchObject('coupon', id);
    return coupon;
  }),
  writes('post', '/v1/coupons/:id', couponChangeParams, (turn, { id, params: given }) => updateCoupon(turn, id, given)),
  writes('delete', '/v1/coupons/:id', params({}), (turn, { id }) => deleteCoupon(turn, id)),
];
