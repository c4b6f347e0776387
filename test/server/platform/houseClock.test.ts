import { afterEach, describe, expect, it } from 'vitest';
import { startHouseClock, type HouseClock } from '../../../server/platform/houseClock.js';

const start = new Date('2096-11-20T18:00:00.000Z').getTime();
const minuteMs = 60_000;

describe('the house\'s clock', () => {
  const opened: HouseClock[] = [];
  afterEach(() => opened.splice(0).forEach((clock) => clock.close()));

  /** A node whose clock is `ahead` of the store's, with a way between them that takes `ways` (there and back, each time anew). */
  const openNode = async (ahead: number, ways: [there: number, back: number][] = [[5, 5]]) => {
    const node = { ahead, isAway: false, time: start };
    let asked = 0;
    const askTime = (): Promise<Date> => {
      if (node.isAway) return Promise.reject(new Error('away'));
      const [there, back] = ways[asked % ways.length] ?? [0, 0];
      asked += 1;
      const told = new Date(node.time + there);
      node.time += there + back;
      return Promise.resolve(told);
    };
    const clock = await startHouseClock({ askTime, log: { warn() {} }, own: () => node.time + node.ahead });
    opened.push(clock);
    return { node, clock, error: () => Math.abs(clock.now().getTime() - node.time) };
  };

  it('is the store\'s, however wrong the node\'s own is', async () => {
    for (const ahead of [10 * minuteMs, -10 * minuteMs, 45_000]) expect((await openNode(ahead)).error()).toBeLessThanOrEqual(5);
  });

  it('makes two nodes that disagree write the same time down', async () => {
    const [fast, slow] = [await openNode(40_000), await openNode(-40_000)];
    fast.node.time = slow.node.time;
    expect(Math.abs(fast.clock.now().getTime() - slow.clock.now().getTime())).toBeLessThanOrEqual(10);
  });

  it('is left alone where the clocks agree, however long the way is', async () => {
    expect((await openNode(0, [[0, 4_000], [3_000, 0]])).error()).toBe(0);
    expect((await openNode(200)).clock.now().getTime()).toBe(start + 30 + 200);
  });

  it('takes the quickest answer', async () => {
    expect((await openNode(minuteMs, [[2_000, 0], [3, 4], [0, 900]])).error()).toBeLessThanOrEqual(4);
  });

  it('follows when the node\'s clock is set, and keeps what it knew while the store is away', async () => {
    const { node, clock, error } = await openNode(minuteMs);
    node.isAway = true;
    await clock.adjust();
    expect(error()).toBeLessThanOrEqual(5);
    node.isAway = false;
    node.ahead = 0;
    await clock.adjust();
    expect(error()).toBe(0);
  });
});
