/** The short form of the torture, on every change; the long one is `npm run bench -- torture`. */
import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { torture } from './torture/torture.js';

/** Set `TORTURE_SEED` to play a run again. */
const seed = Number(process.env['TORTURE_SEED'] ?? randomInt(2 ** 31));

describe('torture', () => {
  it(`leaves every client with the store's list, in order, no twin, as it is now (TORTURE_SEED=${seed})`, { timeout: 150_000 }, async () => {
    const { wrong, ...report } = await torture({ seed, clients: 60, seconds: 10, messagesPerSecond: 30, nodeKills: 1, redisRestarts: 1 });
    expect(wrong).toEqual([]);
    // It was torture: connections broke, answers were lost, and there was something to lose.
    expect(report.stored).toBeGreaterThanOrEqual(report.acknowledged);
    expect(report.connections).toBeGreaterThan(60);
    for (const count of [report.acknowledged, report.changes, report.answersLost]) expect(count).toBeGreaterThan(0);
  });
});
