/** What the sandbox tells of, and of which kind of object: https://docs.stripe.com/api/events/types */
export interface EventTypes {
  'charge.failed': 'charge';
  'charge.refunded': 'charge';
  'charge.succeeded': 'charge';
  'checkout.session.completed': 'checkout.session';
  'checkout.session.expired': 'checkout.session';
  'coupon.created': 'coupon';
  'coupon.deleted': 'coupon';
  'coupon.updated': 'coupon';
  'customer.created': 'customer';
  'customer.deleted': 'customer';
  'customer.updated': 'customer';
  'payment_intent.canceled': 'payment_intent';
  'payment_intent.created': 'payment_intent';
  'payment_intent.payment_failed': 'payment_intent';
  'payment_intent.succeeded': 'payment_intent';
  'price.created': 'price';
  'price.updated': 'price';
  'product.created': 'product';
  'product.deleted': 'product';
  'product.updated': 'product';
  'promotion_code.created': 'promotion_code';
  'promotion_code.updated': 'promotion_code';
  'refund.created': 'refund';
  'test_helpers.test_clock.advancing': 'test_helpers.test_clock';
  'test_helpers.test_clock.created': 'test_helpers.test_clock';
  'test_helpers.test_clock.deleted': 'test_helpers.test_clock';
  'test_helpers.test_clock.ready': 'test_helpers.test_clock';
}
