/** The least that can be charged: https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts */

/** In minor units, by currency. Others are settled through a listed one and have no minimum of their own. */
const minimums: { readonly [currency: string]: number } = {
  aed: 200, aud: 50, bgn: 100, brl: 50, cad: 50, chf: 50, czk: 1500, dkk: 250, eur: 50, gbp: 30, hkd: 400, huf: 17500,
  inr: 50, jpy: 50, mxn: 1000, myr: 200, nok: 300, nzd: 50, pln: 200, ron: 200, sek: 300, sgd: 50, thb: 1000, usd: 50,
};

/** The least amount in minor units of `currency` (lower case) that can be charged. */
export function minimumIn(currency: string): number {
  return minimums[currency] ?? 1;
}
