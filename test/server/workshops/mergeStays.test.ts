import { describe, expect, it } from 'vitest';
import type { LeaveReason } from '../../../server/models/attendance/stay.js';
import { mergeStays, percentPresent, secondsLive, secondsPresent, type Stay } from '../../../server/workshops/attendance/mergeStays.js';

/** Times are written as they stand on a clock on 20 and 21 November, UTC. */
const at = (clock: string, day = 20): Date => new Date(`2026-11-${day}T${clock}Z`);

const closed = (from: string, to: string, leaveReason: LeaveReason = 'left'): Stay => ({ joinedAt: at(from), lastSeenAt: at(to), leftAt: at(to), leaveReason });
const open = (from: string, lastSeen: string): Stay => ({ joinedAt: at(from), lastSeenAt: at(lastSeen), leftAt: null, leaveReason: null });

interface Row {
  what: string;
  stays: Stay[];
  now: string;
  /** 19:00 where it is not given. */
  liveAt?: string;
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
  { what: 'in the lobby only', stays: [closed('18:30:00', '18:59:00')], now: '20:00:00', expected: [] },
  { what: 'from the lobby on: the time live counts', stays: [closed('18:30:00', '19:20:00')], now: '20:00:00', expected: [['19:00:00', '19:20:00']] },
  { what: 'still there since the lobby', stays: [open('18:30:00', '19:59:50')], now: '20:00:00', expected: [['19:00:00', null]] },
  { what: 'dropped in the lobby, back within the lease after it went live', stays: [closed('18:30:00', '18:59:40', 'lost'), closed('19:00:20', '19:20:00')], now: '20:00:00', expected: [['19:00:00', '19:20:00']] },
  { what: 'it went on for half an hour longer than announced', stays: [open('19:00:00', '21:00:00')], now: '21:00:10', endedAt: '21:00:00', expected: [['19:00:00', '21:00:00']] },
  { what: 'a node that died just before the end renewed nothing after it', stays: [open('19:00:00', '19:29:45')], now: '19:31:00', endedAt: '19:30:00', expected: [['19:00:00', '19:29:45']] },
  { what: 'dropped, and the other device stayed', stays: [closed('19:00:00', '19:10:00', 'lost'), closed('19:05:00', '19:40:00')], now: '20:00:00', expected: [['19:00:00', '19:40:00']] },
  { what: 'dropped four times, back within the lease each time', stays: [closed('19:00:00', '19:10:00', 'lost'), closed('19:10:30', '19:20:00', 'lost'), closed('19:20:44', '19:30:00', 'lost'), closed('19:30:01', '19:40:00')], now: '20:00:00', expected: [['19:00:00', '19:40:00']] },
  { what: 'to a node whose clock is half a minute behind: what overlaps is one', stays: [closed('19:00:00', '19:10:00', 'lost'), closed('19:09:35', '19:20:00')], now: '20:00:00', expected: [['19:00:00', '19:20:00']] },
  { what: 'to a node whose clock is half a minute ahead: back within the lease all the same', stays: [closed('19:00:00', '19:10:00', 'lost'), closed('19:10:35', '19:20:30')], now: '20:00:00', expected: [['19:00:00', '19:20:30']] },
  { what: 'a laptop that slept through the lease while the phone lost its network for less', stays: [closed('19:00:00', '19:10:00', 'lost'), closed('19:05:00', '19:12:00', 'lost'), closed('19:12:40', '19:20:00'), closed('19:30:00', '19:40:00')], now: '20:00:00', expected: [['19:00:00', '19:20:00'], ['19:30:00', '19:40:00']] },
  { what: 'a clock that was set back during a stay does not make it last less than nothing', stays: [closed('19:10:00', '19:09:00'), closed('19:20:00', '19:30:00')], now: '20:00:00', expected: [['19:20:00', '19:30:00']] },
  { what: 'removed, and not counted on', stays: [closed('19:00:00', '19:10:00', 'removed')], now: '20:00:00', expected: [['19:00:00', '19:10:00']] },
];

describe('mergeStays', () => {
  it.each(rows)('$what', ({ stays, now, liveAt = '19:00:00', endedAt, expected }) => {
    const intervals = mergeStays(stays, { liveAt: at(liveAt), endedAt: endedAt ? at(endedAt) : null }, at(now));
    expect(intervals).toEqual(expected.map(([from, to]) => ({ joinedAt: at(from), leftAt: to && at(to) })));
  });

  it('goes over midnight', () => {
    const stays: Stay[] = [{ joinedAt: at('23:50:00'), lastSeenAt: at('00:20:00', 21), leftAt: at('00:20:00', 21), leaveReason: 'left' }];
    const intervals = mergeStays(stays, { liveAt: at('23:30:00'), endedAt: at('00:30:00', 21) }, at('01:00:00', 21));
    expect(intervals).toEqual([{ joinedAt: at('23:50:00'), leftAt: at('00:20:00', 21) }]);
    expect(secondsPresent(intervals, at('01:00:00', 21))).toBe(30 * 60);
  });

  it('goes over the hour that summer time skips, and the one that comes twice', () => {
    // Berlin, 25 October 2026: 02:30 stands on the clock at 00:30 and at 01:30 UTC. And 29 March: there is no 02:30.
    for (const [from, to] of [['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'], ['2026-03-29T00:30:00Z', '2026-03-29T01:30:00Z']] as const) {
      const stay: Stay = { joinedAt: new Date(from), lastSeenAt: new Date(to), leftAt: new Date(to), leaveReason: 'left' };
      const live = { liveAt: new Date(from), endedAt: new Date(to) };
      expect(secondsPresent(mergeStays([stay], live, live.endedAt), live.endedAt)).toBe(3600);
    }
  });

  it('is rounded down to whole percent of the time that was really live', () => {
    const live = { liveAt: at('19:00:00'), endedAt: at('20:40:00') };
    expect(secondsLive(live, at('22:00:00'))).toBe(6000);
    const percents = [[6000, 100], [5999, 99], [4800, 80], [4799, 79], [0, 0]] as const;
    for (const [seconds, percent] of percents) expect(percentPresent(seconds, 6000)).toBe(percent);
    expect(percentPresent(5, 0)).toBe(0);
  });

  it('counts whole seconds, and one that goes on until now', () => {
    const intervals = mergeStays([closed('19:00:00', '19:01:00'), open('19:59:00', '19:59:30')], { liveAt: at('19:00:00'), endedAt: null }, at('20:00:00'));
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
        const to = from + (1 + random(600)) * 1000;
        const isOpen = random(4) === 0;
        return { joinedAt: new Date(from), lastSeenAt: new Date(to), leftAt: isOpen ? null : new Date(to), leaveReason: isOpen ? null : (reasons[random(3)] ?? 'left') };
      });
      const now = new Date(base + 5000 * 1000);
      const intervals = mergeStays(stays, { liveAt: new Date(base), endedAt: null }, now);
      intervals.slice(1).forEach((interval, index) => {
        expect(interval.joinedAt.getTime()).toBeGreaterThan(intervals[index]?.leftAt?.getTime() ?? Infinity);
      });
      for (const stay of stays) expect(intervals.some(({ joinedAt, leftAt }) => joinedAt <= stay.joinedAt && (leftAt ?? now) >= (stay.leftAt ?? stay.lastSeenAt))).toBe(true);
    }
  });
});
