/** Every call of the API, subject by subject. */
import type { Endpoint } from './api/endpoint.js';
import { paymentMethodEndpoints } from './cards/paymentMethods.js';
import { sessionEndpoints } from './checkout/sessionEndpoints.js';
import { testClockEndpoints } from './clocks/testClocks.js';
import { couponEndpoints } from './discounts/coupons.js';
import { promotionCodeEndpoints } from './discounts/promotionCodes.js';
import { disputeEndpoints } from './disputes/disputeEndpoints.js';
import { intentEndpoints } from './intents/intentEndpoints.js';
import { invoiceEndpoints } from './invoices/invoiceEndpoints.js';
import { invoiceItemEndpoints } from './invoices/invoiceItems.js';
import { customerEndpoints } from './objects/customerEndpoints.js';
import { balanceEndpoints } from './objects/balance.js';
import { balanceTransactionEndpoints } from './objects/money.js';
import { paymentEndpoints } from './objects/payments.js';
import { priceEndpoints } from './objects/prices.js';
import { productEndpoints } from './objects/products.js';
import { refundEndpoints } from './objects/refunds.js';
import { portalConfigurationEndpoints } from './portal/portalConfigurations.js';
import { portalSessionEndpoints } from './portal/portalSessions.js';
import { scheduleEndpoints } from './schedules/scheduleEndpoints.js';
import { subscriptionEndpoints } from './subscriptions/subscriptionEndpoints.js';

/** The API's whole table. */
export const endpoints: readonly Endpoint[] = [
  ...balanceEndpoints,
  ...balanceTransactionEndpoints,
  ...couponEndpoints,
  ...customerEndpoints,
  ...disputeEndpoints,
  ...intentEndpoints,
  ...invoiceEndpoints,
  ...invoiceItemEndpoints,
  ...paymentEndpoints,
  ...paymentMethodEndpoints,
  ...portalConfigurationEndpoints,
  ...portalSessionEndpoints,
  ...priceEndpoints,
  ...productEndpoints,
  ...promotionCodeEndpoints,
  ...refundEndpoints,
  ...scheduleEndpoints,
  ...sessionEndpoints,
  ...subscriptionEndpoints,
  ...testClockEndpoints,
];
