/** Prices as people type them. */
import { currencyExponent, type Money } from '../../../shared/money.js';

/** Currencies offered at the publishing of a workshop. */
export const offeredCurrencies = ['eur', 'usd', 'gbp', 'chf', 'cny', 'jpy'] as const;

/** `18`, `18.5` or `18,50` as minor units of the currency; null where it is no amount of that currency. Read digit by digit: a float would round. */
export function readPrice(text: string, currency: string): number | null {
  const exponent = currencyExponent(currency);
  const match = /^(\d{1,9})(?:[.,](\d*))?$/.exec(text.trim());
  if (!match) return null;
  const decimals = (match[2] ?? '').replace(/0+$/, '');
  return decimals.length > exponent ? null : Number(`${match[1]}${decimals.padEnd(exponent, '0')}`);
}

/** An amount as one would type it: `18.50`, `1800` yen. */
export function writePrice({ amount, currency }: Money): string {
  const exponent = currencyExponent(currency);
  const digits = String(amount).padStart(exponent + 1, '0');
  return exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}
