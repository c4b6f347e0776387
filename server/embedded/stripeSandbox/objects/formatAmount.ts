/** Amounts for people. */

/** Currencies whose minor unit, at Stripe, is not a hundredth: https://docs.stripe.com/currencies */
const wholeOnly = new Set(['bif', 'clp', 'djf', 'gnf', 'jpy', 'kmf', 'krw', 'mga', 'pyg', 'rwf', 'vnd', 'vuv', 'xaf', 'xof', 'xpf']);
const thousandths = new Set(['bhd', 'jod', 'kwd', 'omr', 'tnd']);

/**
 * An amount in the language's way.
 *
 * @param amount - in minor units of `currency` (lower case).
 */
export function formatAmount(amount: number, currency: string, language: string): string {
  const digits = wholeOnly.has(currency) ? 0 : thousandths.has(currency) ? 3 : 2;
  const format = new Intl.NumberFormat(language, {
    style: 'currency',
    currency: currency.toUpperCase(),
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return format.format(amount / 10 ** digits);
}
