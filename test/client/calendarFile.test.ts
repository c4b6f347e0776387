import { expect, it } from 'vitest';
import { calendarFile } from '../../client/workshops/calendarFile.js';

const entry = { id: 'a'.repeat(24), title: 'Loans, slots; rings', summary: '零拷贝读写：'.repeat(20), startsAt: '2026-11-26T18:00:00.000Z', minutes: 90, url: 'https://guild.example/workshops/1' };
const text = calendarFile(entry, new Date('2026-11-23T10:00:00.000Z'));
const unfolded = text.replaceAll('\r\n ', '');

it('says when, in UTC', () => {
  expect(unfolded).toContain('\r\nDTSTART:20261126T180000Z\r\nDTEND:20261126T193000Z\r\n');
});

it('escapes what has a meaning in the form', () => {
  expect(unfolded).toContain('\r\nSUMMARY:Loans\\, slots\\; rings\r\n');
});

it('has no line above 75 octets, and loses no character by folding', () => {
  const sizes = text.split('\r\n').map((line) => new TextEncoder().encode(line).length);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(75);
  expect(unfolded).toContain(`DESCRIPTION:${entry.summary}\r\n`);
});
