import { describe, expect, it } from 'vitest';
import type { LeaveReason } from '../../../server/models/attendance.js';
import { mergeStays, secondsPresent, type Stay } from '../../../server/workshops/attendance/mergeStays.js';

/** Times are written as they stand on a clock on 20 and 21 November, UTC. */
const at = (clock: string, day = 20): Date => new Date(`2026-11-${day}T${clock}Z`);

const closed = (from: string, to: string, leaveReason: LeaveReason = 'left'): Stay => ({ joinedAt: at(from), lastSeenAt: at(to), leftAt: at(to), leaveReason });
const open = (from: string, lastSeen: string): Stay => ({ joinedAt: at(from), lastSeenAt: at(lastSeen), leftAt: null, leaveReason: null });

interface Row {
  what: string;
  stays: Stay[];
  now: string;
  endedAt?: string;
  expected: [from: string, to: string | null][];
}

const rows: Row[] = [
  { what: 'nobody came', stays: [], now: '20:00:00', expected: [] },
  { what: 'one stay', stays: [closed('19:00:00', '19:30:00')], now: '20:00:00', expected: [['19:00:00', '19:30:00']] },
  { what: 'two stays with a break', stays: [closed('19:00:00', '19:10:00'), closed('19:20:00', '19:30:00')], now: '20:00:00', expected: [['19:00:00', '19:10:00'], ['19:20:00', '19:30:00']] },
  { what: 'a phone within the time of a laptop', stays: [closed('19:00:00', '19:30:00'), closed('19:10:00', '19:20:00')], now: '20:00:00', expected: [['19:00:00', '19:30:00']] },
  { what: 'two devices that overlap, told in the wrong order', stays: [closed('19:20:00', '19:40:00'), closed('19:00:00', '19:30:00')], now: '20:00:00', expected: [['19:00:00', '19:40:00']] },
  { what: 'one stay begins where another ends', stays: [closed('19:00:00', '19:10:00'), closed('19:10:00', '19:20:00')], now: '20:00:00', expected: [['19:00:00', '19:20:00']] },
  { what: 'the network dropped, back within the lease', stays: [closed('19:00:00', '19:10:00', 'lost'), closed('19:10:44', '19:20:00')], now: '20:00:00', expected: [['19:00:00', '19:20:00']] },
  { what: 'the network dropped, back after the lease', stays: [closed('19:00:00', '19:10:00', 'lost'), closed('19:10:46', '19:20:00')], now: '20:00:00', expected: [['19:00:00', '19:10:00'], ['19:10:46', '19:20:00']] },
  { what: 'left of their own will, back at once', stays: [closed('19:00:00', '19:10:00'), closed('19:10:10', '19:20:00')], now: '20:00:00', expected: [['19:00:00', '19:10:00'], ['19:10:10', '19:20:00']] },
  { what: 'still there', stays: [open('19:00:00', '19:59:50')], now: '20:00:00', expected: [['19:00:00', null]] },
  { what: 'one tab closed, the other still there', stays: [open('19:00:00', '19:59:50'), closed('19:05:00', '19:10:00')], now: '20:00:00', expected: [['19:00:00', null]] },
  { what: 'the node crashed: the last proof of life ends it', stays: [open('19:00:00', '19:15:00')], now: '20:00:00', expected: [['19:00:00', '19:15:00']] },
  { what: 'the node crashed, back on another within the lease', stays: [open('19:00:00', '19:15:00'), open('19:15:30', '19:59:55')], now: '20:00:00', expected: [['19:00:00', null]] },
  { what: 'the node crashed, back on another after the lease', stays: [open('19:00:00', '19:15:00'), open('19:16:00', '19:59:55')], now: '20:00:00', expected: [['19:00:00', '19:15:00'], ['19:16:00', null]] },
  { what: 'the workshop ended while they were there', stays: [open('19:00:00', '19:30:00')], now: '19:30:10', endedAt: '19:30:00', expected: [['19:00:00', '19:30:00']] },
  { what: 'a stalled node renewed a stay after the end', stays: [open('19:00:00', '19:40:00')], now: '19:40:10', endedAt: '19:30:00', expected: [['19:00:00', '19:30:00']] },
  { what: 'came after the end', stays: [open('19:31:00', '19:31:00')], now: '19:31:10', endedAt: '19:30:00', expected: [] },
  { what: 'removed, and not counted on', stays: [closed('19:00:00', '19:10:00', 'removed')], now: '20:00:00', expected: [['19:00:00', '19:10:00']] },
];

describe('mergeStays', () => {
  it.each(rows)('$what', ({ stays, now, endedAt, expected }) => {
    const intervals = mergeStays(stays, endedAt ? at(endedAt) : null, at(now));
    expect(intervals).toEqual(expected.map(([from, to]) => ({ joinedAt: at(from), leftAt: to && at(to) })));
  });

  it('goes over midnight', () => {
    const stays: Stay[] = [{ joinedAt: at('23:50:00'), lastSeenAt: at('00:20:00', 21), leftAt: at('00:20:00', 21), leaveReason: 'left' }];
    const intervals = mergeStays(stays, null, at('01:00:00', 21));
    expect(intervals).toEqual([{ joinedAt: at('23:50:00'), leftAt: at('00:20:00', 21) }]);
    expect(secondsPresent(intervals, at('01:00:00', 21))).toBe(30 * 60);
  });

  it('counts whole seconds, and one that goes on until now', () => {
    const intervals = mergeStays([closed('19:00:00', '19:01:00'), open('19:59:00', '19:59:30')], null, at('20:00:00'));
    expect(secondsPresent(intervals, at('20:00:00'))).toBe(120);
  });

  it('never makes intervals that touch, whatever the stays', () => {
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    const reasons: LeaveReason[] = ['left', 'lost', 'removed'];
    const base = at('19:00:00').getTime();
    for (let round = 0; round < 300; round += 1) {
      const stays = Array.from({ length: 1 + random(8) }, (): Stay => {
        const from = base + random(3600) * 1000;
        const to = from + random(600) * 1000;
        const isOpen = random(4) === 0;
        return { joinedAt: new Date(from), lastSeenAt: new Date(to), leftAt: isOpen ? null : new Date(to), leaveReason: isOpen ? null : (reasons[random(3)] ?? 'left') };
      });
      const now = new Date(base + 5000 * 1000);
      const intervals = mergeStays(stays, null, now);
      intervals.slice(1).forEach((interval, index) => {
        expect(interval.joinedAt.getTime()).toBeGreaterThan(intervals[index]?.leftAt?.getTime() ?? Infinity);
      });
      for (const stay of stays) expect(intervals.some(({ joinedAt, leftAt }) => joinedAt <= stay.joinedAt && (leftAt ?? now) >= (stay.leftAt ?? stay.lastSeenAt))).toBe(true);
    }
  });
});
