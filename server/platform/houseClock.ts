/**
 * One clock for all nodes: the document store's. Times that different nodes write down are compared with each other (who
 * was there when, what ended first), so a node whose own clock is wrong must not write its own time.
 */
import type { Logger } from './logger.js';

export interface HouseClock {
  now(): Date;
  /** Compares with the store again. Where that cannot be had, what was known before stands. */
  adjust(): Promise<void>;
  close(): void;
}

export interface HouseClockOptions {
  /** What time it is at the store. */
  askTime(): Promise<Date>;
  log: Pick<Logger, 'warn'>;
  /** This node's own clock, in milliseconds since 1970. */
  own?: () => number;
}

const adjustEveryMs = 60_000;
const samples = 3;
/** Clocks that agree to this, beyond what the asking may have blurred, are left alone: NTP does better. */
const toleranceMs = 250;

/**
 * Compares once and then every minute, as an SNTP client does (RFC 4330, section 5): the answer was true at some moment
 * between question and answer, so the middle is wrong by half the way at most, and the quickest of a few answers is taken.
 */
export async function startHouseClock({ askTime, log, own = Date.now }: HouseClockOptions): Promise<HouseClock> {
  let offset = 0;
  const sample = async (): Promise<{ offset: number; error: number }> => {
    const asked = own();
    const time = (await askTime()).getTime();
    const answered = own();
    return { offset: time - (asked + answered) / 2, error: (answered - asked) / 2 };
  };
  const adjust = async (): Promise<void> => {
    let best = await sample();
    for (let count = 1; count < samples; count += 1) {
      const next = await sample();
      if (next.error < best.error) best = next;
    }
    const found = Math.abs(best.offset) <= best.error + toleranceMs ? 0 : best.offset;
    if (Math.abs(found - offset) > toleranceMs) log.warn({ offsetMs: Math.round(found) }, 'this machine\'s clock and the document store\'s differ otherwise than before; the store\'s is followed');
    offset = found;
  };
  const adjustOrKeep = (): Promise<void> => adjust().catch((error: unknown) => log.warn({ err: error }, 'the clock could not be compared with the document store\'s'));
  await adjustOrKeep();
  const timer = setInterval(() => void adjustOrKeep(), adjustEveryMs);
  timer.unref();
  return { now: () => new Date(own() + offset), adjust: adjustOrKeep, close: () => clearInterval(timer) };
}
