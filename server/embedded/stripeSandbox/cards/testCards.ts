/** The cards of the sandbox are Stripe's test cards: https://docs.stripe.com/testing#cards */
import { createHash } from 'node:crypto';
import type { StoredCharge, StoredPaymentMethod } from '../store/kinds.js';
import { newId } from '../store/newId.js';
import type { Turn } from '../turn.js';

interface TestCard {
  brand: 'mastercard' | 'visa';
  last4: string;
  /** Whether its bank pays. */
  pays: boolean;
  /** What its bank does besides; nothing where it is absent. */
  besides?: 'asks_for_proof' | 'always_asks_for_proof' | 'disputes_it' | 'refunds_fail' | 'refunds_take_time';
}

const visa: TestCard = { brand: 'visa', last4: '4242', pays: true };

/** Each card under the name by which Stripe's API knows it. */
export const testCards = {
  pm_card_visa: visa,
  pm_card_mastercard: { brand: 'mastercard', last4: '4444', pays: true },
  /** Can be kept, and is declined whenever it is charged. */
  pm_card_chargeCustomerFail: { brand: 'visa', last4: '0341', pays: false },
  /** Declined at once; it cannot be kept either. */
  pm_card_chargeDeclined: { brand: 'visa', last4: '0002', pays: false },
  /** Paid for when its holder has proved by 3-D Secure who they are. */
  pm_card_threeDSecure2Required: { brand: 'visa', last4: '3220', pays: true, besides: 'asks_for_proof' },
  /** The same, each time that it is charged: never where its holder is not there to prove it. */
  pm_card_authenticationRequired: { brand: 'visa', last4: '3184', pays: true, besides: 'always_asks_for_proof' },
  /** Paid for, and disputed as fraudulent soon after. */
  pm_card_createDispute: { brand: 'visa', last4: '0259', pays: true, besides: 'disputes_it' },
  /** What goes back to it is on its way for a while. */
  pm_card_pendingRefund: { brand: 'visa', last4: '7726', pays: true, besides: 'refunds_take_time' },
  /** What goes back to it seems to have arrived, and then has not. */
  pm_card_refundFail: { brand: 'visa', last4: '5126', pays: true, besides: 'refunds_fail' },
} as const satisfies { readonly [name: string]: TestCard };

/** The name of a test card. */
export type TestCardName = keyof typeof testCards;

/** Whether a text is the name of a test card. */
export const isTestCard = (name: string): name is TestCardName => Object.hasOwn(testCards, name);

const cardsByDigits = new Map<string | undefined, TestCard>(Object.values(testCards).map((card) => [card.last4, card]));

/** Whether the card's bank pays when it is charged. */
export function paysWell({ card }: StoredPaymentMethod): boolean {
  return cardsByDigits.get(card?.last4)?.pays ?? false;
}

/** What else the bank of the card that was charged does. */
export function besidesOf(last4: string | null | undefined): TestCard['besides'] {
  return cardsByDigits.get(last4 ?? undefined)?.besides;
}

/** A card of one's own, which nobody holds yet. */
export function makeCard(turn: Turn, name: TestCardName, email: string | null): StoredPaymentMethod {
  const { brand, last4 } = testCards[name];
  return turn.draft.put('payment_method', {
    id: newId('pm_'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: { address: null, email, name: null, phone: null, tax_id: null },
    card: {
      brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country: 'US',
      display_brand: brand,
      exp_month: 12,
      exp_year: 2099,
      fingerprint: fingerprintOf(last4, email),
      funding: 'credit',
      generated_from: null,
      last4,
      networks: { available: [brand], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: turn.now,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: 'card',
  });
}

/** The test cards are in everybody's hands: so that people can be told apart by theirs, each e-mail address has its own. */
function fingerprintOf(last4: string, email: string | null): string {
  return email === null ? `sandbox${last4}` : createHash('sha256').update(`${last4} ${email}`).digest('base64url').slice(0, 16);
}

/** The card as a charge shows it; `amount` is in minor units. */
export function chargedCard({ card }: StoredPaymentMethod, paid: boolean, amount: number): NonNullable<StoredCharge['payment_method_details']>['card'] {
  return {
    amount_authorized: paid ? amount : null,
    authorization_code: null,
    brand: card?.brand ?? null,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
    country: 'US',
    electronic_commerce_indicator: null,
    exp_month: 12,
    exp_year: 2099,
    funding: 'credit',
    installments: null,
    last4: card?.last4 ?? null,
    mandate: null,
    network: card?.brand ?? null,
    network_transaction_id: null,
    regulated_status: 'unregulated',
    three_d_secure: null,
    transaction_link_id: null,
    wallet: null,
  };
}
