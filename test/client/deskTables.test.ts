import { describe, expect, it } from 'vitest';
import { toCsv } from '../../shared/csv.js';
import { readPrice } from '../../client/desk/workshops/price.js';

describe('a table as CSV', () => {
  it('quotes cells, doubles quotes, and leaves numbers numbers', () => {
    expect(toCsv([['a "b", c', 12, null], ['line\nbreak', -3, '']])).toBe('\uFEFF"a ""b"", c",12,""\r\n"line\nbreak",-3,""\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\nx', '＝1+1', '＠SUM(A1)'])('guards %j, which a spreadsheet would run', (cell) => {
    expect(toCsv([[cell]])).toBe(`\uFEFF"'${cell}"\r\n`);
  });

  it('leaves harmless text alone', () => {
    expect(toCsv([['a=b']])).toBe('\uFEFF"a=b"\r\n');
  });
});

describe('a price as it is typed', () => {
  it.each([
    ['18', 'eur', 1_800], ['18.5', 'eur', 1_850], ['18,50', 'eur', 1_850], ['0.29', 'usd', 29], ['0', 'eur', 0],
    ['1800', 'jpy', 1_800], ['1800.00', 'jpy', 1_800], ['1.234', 'kwd', 1_234], [' 18 ', 'eur', 1_800], ['18.500', 'eur', 1_850],
  ])('%s in %s is %i', (text, currency, amount) => {
    expect(readPrice(text, currency)).toBe(amount);
  });

  it.each([['18.505', 'eur'], ['18.5', 'jpy'], ['-1', 'eur'], ['1e3', 'eur'], ['1,000.00', 'eur'], ['', 'eur'], ['eighteen', 'eur']])('%s in %s is no price', (text, currency) => {
    expect(readPrice(text, currency)).toBeNull();
  });
});
