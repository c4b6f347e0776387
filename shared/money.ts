/** Money in integer minor units with its ISO 4217 currency, lower case as Stripe writes it. Never a float, never two currencies added. */
import { z } from 'zod';

/** Currencies without a minor unit, as Stripe lists them. */
const zeroDecimal = new Set(['bif', 'clp', 'djf', 'gnf', 'jpy', 'kmf', 'krw', 'mga', 'pyg', 'rwf', 'vnd', 'vuv', 'xaf', 'xof', 'xpf']);
/** Currencies with a thousandth as minor unit. */
const threeDecimal = new Set(['bhd', 'jod', 'kwd', 'omr', 'tnd']);
/** Currencies that Stripe writes with two decimals as it always has, though they have no minor unit any more. */
const wholeUnits = new Set(['isk', 'ugx']);
/** Currencies with a hundredth as minor unit, as far as Stripe charges them. */
const twoDecimal = new Set(
  `aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bmd bnd bob brl bsd bwp byn bzd cad cdf chf cny cop crc cve czk dkk dop dzd egp etb eur fjd fkp gbp gel
  gip gmd gtq gyd hkd hnl htg huf idr ils inr isk jmd kes kgs khr kyd kzt lak lbp lkr lrd lsl mad mdl mkd mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd
  pab pen pgk php pkr pln qar ron rsd rub sar sbd scr sek sgd shp sle sos srd std szl thb tjs top try ttd twd tzs uah ugx usd uyu uzs wst xcd xcg yer zar zmw`.split(/\s+/),
);

/** All currencies that money can be asked for in. Source: https://docs.stripe.com/currencies */
export const currencies: ReadonlySet<string> = new Set([...zeroDecimal, ...twoDecimal, ...threeDecimal]);

/**
 * The least that Stripe charges, in minor units by currency; others are settled through a listed one and have no minimum of
 * their own. Source: https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts
 */
const leastCharges = new Map([
  ['aed', 200], ['aud', 50], ['bgn', 100], ['brl', 50], ['cad', 50], ['chf', 50], ['czk', 1500], ['dkk', 250], ['eur', 50], ['gbp', 30], ['hkd', 400], ['huf', 17500],
  ['inr', 50], ['jpy', 50], ['mxn', 1000], ['myr', 200], ['nok', 300], ['nzd', 50], ['pln', 200], ['ron', 200], ['sek', 300], ['sgd', 50], ['thb', 1000], ['usd', 50],
]);

export const Currency = z.string().regex(/^[a-z]{3}$/, 'a currency is three lower-case letters');

/** A currency that somebody chooses: one of those that money can be asked for in. */
export const ChosenCurrency = Currency.refine((currency) => currencies.has(currency), 'this currency is not known');

/** An amount of zero or more; `amount` is in the currency's minor unit (cents for eur, yen for jpy). */
export const Money = z.object({ amount: z.int().nonnegative(), currency: Currency });
export type Money = z.infer<typeof Money>;

/** The least amount of the currency that can be charged, in its minor unit. */
export function leastCharge(currency: string): number {
  return leastCharges.get(currency) ?? 1;
}

/**
 * What an amount of the currency is a multiple of, in its minor unit: 100 where there is no such small coin any more, else 1.
 * Source: https://docs.stripe.com/currencies#special-cases. HUF and TWD are whole in payouts alone, which are none of ours.
 */
export function smallestStep(currency: string): number {
  return wholeUnits.has(currency) ? 100 : 1;
}

/**
 * What an amount that is charged is a multiple of, in the currency's minor unit: cards know no thousandths, so that there the
 * last digit is 0. Source: https://docs.stripe.com/currencies#three-decimal
 */
export function chargeStep(currency: string): number {
  return threeDecimal.has(currency) ? 10 : smallestStep(currency);
}

/** The largest amount that can be charged or given back and is not above this one. */
export function floorToCharge(amount: number, currency: string): number {
  return amount - (amount % chargeStep(currency));
}

/** How many decimals the currency has: 0, 2 or 3. */
export function currencyExponent(currency: string): 0 | 2 | 3 {
  if (zeroDecimal.has(currency)) return 0;
  return threeDecimal.has(currency) ? 3 : 2;
}

/**
 * `18`, `18.5` or `18,50` as minor units of the currency, with a `-` before it for what goes out; null where it is no amount of that
 * currency. Read digit by digit: a float would round.
 */
export function readAmount(text: string, currency: string): number | null {
  const exponent = currencyExponent(currency);
  const match = /^(-?)(\d{1,11})(?:[.,](\d*))?$/.exec(text.trim());
  if (!match) return null;
  const [, sign, whole, decimals = ''] = match;
  const told = decimals.replace(/0+$/, '');
  if (told.length > exponent) return null;
  const amount = Number(`${whole}${told.padEnd(exponent, '0')}`);
  return sign === '-' && amount > 0 ? -amount : amount;
}

/** An amount with all its decimals and a point, as a person or a program types it: `18.50`, `1800` yen, `-0.05`. */
export function writeAmount(amount: number, currency: string): `${number}` {
  const exponent = currencyExponent(currency);
  const digits = String(Math.abs(amount)).padStart(exponent + 1, '0');
  const whole = Number(digits.slice(0, digits.length - exponent));
  const text: `${number}` = exponent === 0 ? `${whole}` : (`${whole}.${digits.slice(-exponent)}` as `${number}`);
  return amount < 0 ? (`-${text}` as `${number}`) : text;
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
