/** Counts what was sent and what was heard, by whom, and how late. */

export interface Tally {
  sent(id: string): void;
  acknowledged(): void;
  heard(receiver: number, id: string): void;
  /** Resolves when everybody has heard everything, or when nothing new has been heard for five seconds. */
  settled(): Promise<void>;
  result(): { sent: number; acknowledged: number; delivered: number; deliveredFraction: number; duplicates: number; latencyMs: { p50: number; p95: number; p99: number } };
}

export function createTally(receivers: number): Tally {
  const sentAt = new Map<string, number>();
  const heardBy = Array.from({ length: receivers }, () => new Set<string>());
  const latencies: number[] = [];
  let acknowledged = 0;
  let duplicates = 0;
  let lastHeardAt = performance.now();

  const isComplete = (): boolean => latencies.length === sentAt.size * receivers;
  const percentile = (sorted: readonly number[], share: number): number => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 100) / 100;

  return {
    sent: (id) => void sentAt.set(id, performance.now()),
    acknowledged: () => void (acknowledged += 1),
    heard(receiver, id) {
      lastHeardAt = performance.now();
      const own = heardBy[receiver];
      if (!own || own.has(id)) {
        duplicates += 1;
        return;
      }
      own.add(id);
      latencies.push(lastHeardAt - (sentAt.get(id) ?? lastHeardAt));
    },
    settled: () =>
      new Promise((resolve) => {
        const timer = setInterval(() => {
          if (!isComplete() && performance.now() - lastHeardAt < 5_000) return;
          clearInterval(timer);
          resolve();
        }, 50);
      }),
    result() {
      const sorted = Float64Array.from(latencies).sort();
      const delivered = latencies.length;
      return {
        sent: sentAt.size,
        acknowledged,
        delivered,
        deliveredFraction: delivered / (sentAt.size * receivers),
        duplicates,
        latencyMs: { p50: percentile([...sorted], 0.5), p95: percentile([...sorted], 0.95), p99: percentile([...sorted], 0.99) },
      };
    },
  };
}
