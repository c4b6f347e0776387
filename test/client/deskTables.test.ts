import { describe, expect, it } from 'vitest';
import { moreCsv, toCsv } from '../../shared/csv.js';

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

  it('writes a number as it is given, and goes on without a second mark and head', () => {
    expect(moreCsv([['a', { decimal: '-18.50' }]])).toBe('"a",-18.50\r\n');
  });
});
