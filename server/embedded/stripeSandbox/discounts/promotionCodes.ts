/** Promotion codes, the words by which customers ask for a coupon: https://docs.stripe.com/api/promotion_codes */
import { z } from 'zod';
import { badRequest, noSuchObject, noSuchReference } from '../api/apiFault.js';
import { lists, reads, sameText, writes, type Endpoint } from '../api/endpoint.js';
import { currency, flag, id as idParam, integer, mergeMetadata, metadata, oneOf, params, text } from '../api/params.js';
import { maxAmount } from '../objects/prices.js';
import type { StoredPromotionCode } from '../store/kinds.js';
import { newId } from '../store/newId.js';
import type { Turn } from '../turn.js';
import { emitEvent } from '../webhooks/emitEvent.js';
import { isValid } from './isValid.js';

const restrictions = z.strictObject({
  first_time_transaction: flag().optional(),
  minimum_amount: integer(1, maxAmount).optional(),
  minimum_amount_currency: currency().optional(),
});

const promotionCodeParams = params({
  active: flag().optional(),
  code: text(500).regex(/^[A-Za-z0-9]+$/).optional(),
  customer: idParam().optional(),
  expires_at: integer().optional(),
  max_redemptions: integer(1, 1_000_000_000).optional(),
  metadata: metadata().optional(),
  promotion: z.strictObject({ coupon: text(200), type: oneOf('coupon') }),
  restrictions: restrictions.optional(),
});
type NewPromotionCode = z.infer<typeof promotionCodeParams>;

const promotionCodeChangeParams = params({ active: flag().optional(), metadata: metadata().optional() });

function createPromotionCode(turn: Turn, given: NewPromotionCode): StoredPromotionCode {
  const code = given.code ?? newId('', 8).toUpperCase();
  judge(turn, given);
  claimCode(turn, code, given.customer ?? null);
  const promotionCode = turn.draft.put('promotion_code', {
    id: newId('promo_'),
    object: 'promotion_code',
    active: given.active ?? true,
    code,
    created: turn.now,
    customer: given.customer ?? null,
    customer_account: null,
    expires_at: given.expires_at ?? null,
    livemode: false,
    max_redemptions: given.max_redemptions ?? null,
    metadata: mergeMetadata({}, given.metadata),
    promotion: { coupon: given.promotion.coupon, type: 'coupon' },
    restrictions: {
      first_time_transaction: given.restrictions?.first_time_transaction ?? false,
      minimum_amount: given.restrictions?.minimum_amount ?? null,
      minimum_amount_currency: given.restrictions?.minimum_amount_currency ?? null,
    },
    times_redeemed: 0,
  });
  emitEvent(turn, 'promotion_code.created', promotionCode);
  return promotionCode;
}

function judge({ draft, now }: Turn, { promotion, customer, expires_at: until, restrictions: only }: NewPromotionCode): void {
  const coupon = draft.get('coupon', promotion.coupon);
  if (!coupon) throw noSuchReference('coupon', promotion.coupon, 'promotion[coupon]');
  if (!isValid(coupon, now)) throw badRequest(`Coupon ${coupon.id} is no longer valid.`, { code: 'coupon_expired', param: 'promotion[coupon]' });
  if (customer && !draft.get('customer', customer)) throw noSuchReference('customer', customer, 'customer');
  if (until !== undefined && until <= now) throw badRequest('`expires_at` must be in the future.', { param: 'expires_at' });
  if ((only?.minimum_amount === undefined) !== (only?.minimum_amount_currency === undefined))
    throw badRequest('`minimum_amount` and `minimum_amount_currency` go together.', { param: 'restrictions[minimum_amount_currency]' });
}

/** Regardless of case, an active code is one customer's, or everybody's, once. */
function claimCode(turn: Turn, code: string, customer: string | null): void {
  const isSame = (other: StoredPromotionCode): boolean => other.active && other.customer === customer && isCode(other, code);
  for (const other of allCodes(turn))
    if (isSame(other)) throw badRequest('An active promotion code with `code: ' + code + '` already exists.', { code: 'resource_already_exists', param: 'code' });
}

const isCode = (promotionCode: StoredPromotionCode, code: string): boolean => promotionCode.code.toUpperCase() === code.toUpperCase();
const allCodes = ({ draft }: Turn): Iterable<StoredPromotionCode> => draft.walk('promotion_code', { where: { field: 'object', value: 'promotion_code' } });

/** The active code that a customer means who writes this, in whatever case; their own comes first. */
export function findCode(turn: Turn, written: string, customer: string | null): StoredPromotionCode | undefined {
  const meant = [...allCodes(turn)].filter((one) => one.active && isCode(one, written));
  return meant.find((one) => customer !== null && one.customer === customer) ?? meant.find((one) => one.customer === null);
}

function updatePromotionCode(turn: Turn, id: string, given: z.infer<typeof promotionCodeChangeParams>): StoredPromotionCode {
  const before = turn.draft.get('promotion_code', id);
  if (!before) throw noSuchObject('promotion code', id);
  if (given.active && !before.active) claimCode(turn, before.code, typeof before.customer === 'string' ? before.customer : null);
  const after = { ...before, active: given.active ?? before.active, metadata: mergeMetadata(before.metadata ?? {}, given.metadata) };
  emitEvent(turn, 'promotion_code.updated', turn.draft.put('promotion_code', after), before);
  return after;
}

/** The API's rows for promotion codes. */
export const promotionCodeEndpoints: readonly Endpoint[] = [
  writes('post', '/v1/promotion_codes', promotionCodeParams, (turn, { params: given }) => createPromotionCode(turn, given)),
  lists('promotion_code', '/v1/promotion_codes', {
    active: { param: flag(), matches: (one, active: boolean) => one.active === active },
    code: { param: text(500), matches: isCode },
    coupon: { param: text(200), matches: (one, coupon: string) => one.promotion.coupon === coupon },
    customer: sameText(idParam(), 'customer'),
  }),
  reads('/v1/promotion_codes/:id', params({}), ({ reader }, { id }) => {
    const promotionCode = reader.get('promotion_code', id);
    if (!promotionCode) throw noSuchObject('promotion code', id);
    return promotionCode;
  }),
  writes('post', '/v1/promotion_codes/:id', promotionCodeChangeParams, (turn, { id, params: given }) => updatePromotionCode(turn, id, given)),
];
