/** Money in integer minor units with its ISO 4217 currency, lower case as Stripe writes it. Never a float, never two currencies added. */
import { z } from 'zod';

/** Currencies without a minor unit, as Stripe lists them. */
const zeroDecimal = new Set(['bif', 'clp', 'djf', 'gnf', 'jpy', 'kmf', 'krw', 'mga', 'pyg', 'rwf', 'vnd', 'vuv', 'xaf', 'xof', 'xpf']);
/** Currencies with a thousandth as minor unit. */
const threeDecimal = new Set(['bhd', 'jod', 'kwd', 'omr', 'tnd']);

/**
 * The least that Stripe charges, in minor units by currency; others are settled through a listed one and have no minimum of
 * their own. Source: https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts
 */
const leastCharges = new Map([
  ['aed', 200], ['aud', 50], ['bgn', 100], ['brl', 50], ['cad', 50], ['chf', 50], ['czk', 1500], ['dkk', 250], ['eur', 50], ['gbp', 30], ['hkd', 400], ['huf', 17500],
  ['inr', 50], ['jpy', 50], ['mxn', 1000], ['myr', 200], ['nok', 300], ['nzd', 50], ['pln', 200], ['ron', 200], ['sek', 300], ['sgd', 50], ['thb', 1000], ['usd', 50],
]);

export const Currency = z.string().regex(/^[a-z]{3}$/, 'a currency is three lower-case letters');

/** An amount of zero or more; `amount` is in the currency's minor unit (cents for eur, yen for jpy). */
export const Money = z.object({ amount: z.int().nonnegative(), currency: Currency });
export type Money = z.infer<typeof Money>;

/** The least amount of the currency that can be charged, in its minor unit. */
export function leastCharge(currency: string): number {
  return leastCharges.get(currency) ?? 1;
}

/** How many decimals the currency has: 0, 2 or 3. */
export function currencyExponent(currency: string): 0 | 2 | 3 {
  if (zeroDecimal.has(currency)) return 0;
  return threeDecimal.has(currency) ? 3 : 2;
}

/** The amount as a person reads it, by `Intl` in the given language: `€18.00`, `¥1,800`. A negative amount keeps its sign. */
export function formatMoney(amount: number, currency: string, language: string): string {
  const exponent = currencyExponent(currency);
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency: currency.toUpperCase(),
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
  }).format(amount / 10 ** exponent);
}
