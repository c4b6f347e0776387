/** Counts what was sent and what was heard, by whom, and how late. Cheap enough for a million hearings a second. */

/** The room's `seq` and the number the message was sent under, for each message of a frame. */
export interface Heard {
  seq: number;
  number: number;
}

export interface TallyResult {
  sent: number;
  acknowledged: number;
  delivered: number;
  deliveredFraction: number;
  /** Heard again, or out of order. */
  duplicates: number;
  /** How many frames brought them. */
  frames: number;
  latencyMs: { p50: number; p95: number; p99: number };
}

export interface Tally {
  /** Answers the number to send the message under. */
  sent(): number;
  acknowledged(): void;
  heard(receiver: number, messages: readonly Heard[]): void;
  /** Resolves when everybody has heard everything, or when nothing new has been heard for five seconds. */
  settled(): Promise<void>;
  result(): TallyResult;
}

const perMs = 4;
const longestMs = 20_000;

/** How many fell into each quarter of a millisecond. */
class Latencies {
  private readonly counts = new Float64Array(longestMs * perMs + 1);
  total = 0;

  add(ms: number): void {
    const place = Math.min(this.counts.length - 1, Math.max(0, Math.round(ms * perMs)));
    this.counts[place] = (this.counts[place] ?? 0) + 1;
    this.total += 1;
  }

  percentile(share: number): number {
    let seen = 0;
    for (const [place, count] of this.counts.entries()) if ((seen += count) >= this.total * share) return place / perMs;
    return 0;
  }
}

export function createTally(receivers: number): Tally {
  const sentAt: number[] = [];
  const newest = new Float64Array(receivers).fill(-1);
  const latencies = new Latencies();
  let [acknowledged, duplicates, frames] = [0, 0, 0];
  let lastHeardAt = performance.now();

  return {
    sent: () => sentAt.push(performance.now()) - 1,
    acknowledged: () => void (acknowledged += 1),
    heard(receiver, messages) {
      lastHeardAt = performance.now();
      frames += 1;
      for (const { seq, number } of messages) {
        if (seq <= (newest[receiver] ?? 0)) duplicates += 1;
        else {
          newest[receiver] = seq;
          latencies.add(lastHeardAt - (sentAt[number] ?? lastHeardAt));
        }
      }
    },
    settled: () =>
      new Promise((resolve) => {
        const timer = setInterval(() => {
          if (latencies.total < sentAt.length * receivers && performance.now() - lastHeardAt < 5_000) return;
          clearInterval(timer);
          resolve();
        }, 50);
      }),
    result: () => ({
      sent: sentAt.length,
      acknowledged,
      delivered: latencies.total,
      deliveredFraction: latencies.total / (sentAt.length * receivers),
      duplicates,
      frames,
      latencyMs: { p50: latencies.percentile(0.5), p95: latencies.percentile(0.95), p99: latencies.percentile(0.99) },
    }),
  };
}
