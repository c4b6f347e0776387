/** Money as it is typed, written and shared out, in every currency there is. */
import { describe, expect, it } from 'vitest';
import { SetPrice } from '../../shared/contracts/memberships/prices.js';
import { limits } from '../../shared/limits.js';
import { chargeStep, currencies, currencyExponent, floorToCharge, formatMoney, readAmount, smallestStep, writeAmount } from '../../shared/money.js';
import { couponOff } from '../../shared/pricing.js';
import { refundLeft, refundOwed } from '../../shared/refunds.js';
import { createRandom } from '../support/random.js';

describe('an amount as it is typed', () => {
  it.each([
    ['18', 'eur', 1_800], ['18.5', 'eur', 1_850], ['18,50', 'eur', 1_850], ['0.29', 'usd', 29], ['0', 'eur', 0], ['-0.05', 'eur', -5], ['-0', 'eur', 0],
    ['1800', 'jpy', 1_800], ['1800.00', 'jpy', 1_800], ['1.234', 'kwd', 1_234], [' 18 ', 'eur', 1_800], ['18.500', 'eur', 1_850], ['5', 'isk', 500], ['5', 'ugx', 500],
  ])('%s in %s is %i', (text, currency, amount) => {
    expect(readAmount(text, currency)).toBe(amount);
  });

  it.each([['18.505', 'eur'], ['18.5', 'jpy'], ['--1', 'eur'], ['1e3', 'eur'], ['1,000.00', 'eur'], ['', 'eur'], ['eighteen', 'eur']])('%s in %s is none', (text, currency) => {
    expect(readAmount(text, currency)).toBeNull();
  });
});

describe('a currency', () => {
  it.each([
    ['usd', 2, 1, 1], ['cny', 2, 1, 1], ['jpy', 0, 1, 1], ['krw', 0, 1, 1], ['kwd', 3, 1, 10], ['tnd', 3, 1, 10],
    // What Stripe's page has as special: written with decimals that are always 00; whole in payouts alone.
    ['isk', 2, 100, 100], ['ugx', 2, 100, 100], ['huf', 2, 1, 1], ['twd', 2, 1, 1],
  ])('%s has %i decimals, and is charged in steps', (currency, exponent, smallest, step) => {
    expect([currencyExponent(currency), smallestStep(currency), chargeStep(currency)]).toEqual([exponent, smallest, step]);
    const price = { clientPriceId: crypto.randomUUID(), tierKey: 'supporter', interval: 'month', currency, trialDays: 0 };
    expect(SetPrice.safeParse({ ...price, amount: 7 * step }).success).toBe(true);
    expect(SetPrice.safeParse({ ...price, amount: 7 * step + 1 }).success).toBe(step === 1);
    expect(SetPrice.safeParse({ ...price, amount: 7 * step, currency: 'xxx' }).success).toBe(false);
  });
});

describe.each([...currencies])('an amount in %s', (currency) => {
  const random = createRandom([...currency].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7));
  const whole = (most: number): number => Math.floor(random.between(0, most + 1));
  const rounds = 15;

  it('is read as it was written, for programs and for people in both languages', () => {
    for (let round = 0; round < rounds; round += 1) {
      const amount = (random.chance(0.5) ? 1 : -1) * whole(10 ** whole(11)) || 0;
      expect(readAmount(writeAmount(amount, currency), currency)).toBe(amount);
      for (const language of ['en', 'zh-CN']) {
        const shown = formatMoney(amount, currency, language);
        const digits = /\d[\d,.]*/.exec(shown)?.[0].replaceAll(',', '') ?? '';
        expect(readAmount(`${shown.includes('-') ? '-' : ''}${digits}`, currency), `${language} ${shown}`).toBe(amount);
      }
    }
  });

  it('that goes back in parts is whole again, and no part cannot be paid out', () => {
    const startsAt = new Date('2096-01-10T00:00:00Z');
    const partTime = new Date('2096-01-09T12:00:00Z');
    const step = chargeStep(currency);
    for (let round = 0; round < rounds; round += 1) {
      const price = { currency, amount: step * (1 + whole(Math.floor(limits.priceMax / step) - 1)) };
      const percent = 1 + whole(98);
      const owed = refundOwed(price, { fullHours: 24, partial: { percent, hours: 0 } }, startsAt, partTime) ?? expect.fail('a part is promised');
      expect(owed % step).toBe(0);
      expect(owed).toBeLessThanOrEqual(price.amount);
      const paid = price.amount - couponOff(price, { kind: 'percent', percent });
      expect(paid % step).toBe(0);
      const parts: { amount: number; state: 'done' }[] = owed === 0 ? [] : [{ amount: owed, state: 'done' }];
      for (let left = refundLeft(price.amount, parts, owed); left > 0; left = refundLeft(price.amount, parts, 0)) {
        parts.push({ amount: floorToCharge(whole(left), currency) || left, state: 'done' });
      }
      expect(parts.reduce((sum, part) => sum + part.amount, 0)).toBe(price.amount);
    }
  });
});
