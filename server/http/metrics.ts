/** What the node measures of itself, in Prometheus's text form. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  registry: Registry;
  /** `outcome` is `ok` or the failure's code. */
  callAnswered(call: string, outcome: string, seconds: number): void;
  /** So many connections here were not told what may be dropped, because they are behind. */
  pushSpared(count: number): void;
  /** A connection that did not read was closed. */
  slowClosed(): void;
}

/** How many there are now. */
export interface Counts {
  /** Open sockets. */
  connections(): number;
  /** Those of them that are behind with reading. */
  behind(): number;
}

/** The event loop's delays are told from so far apart, and contain it. Its ten milliseconds by default wake a node that has nothing to do a hundred times a second. */
const loopLookMs = 100;

export function createMetrics({ connections, behind }: Counts): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: loopLookMs });
  const gauges = [
    { name: 'guildhall_connections', help: 'Open sockets on this node', count: connections },
    { name: 'guildhall_connections_behind', help: 'Open sockets on this node that read too slowly', count: behind },
  ];
  for (const { name, help, count } of gauges) {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(count());
      },
    });
  }
  const calls = new Histogram({
    name: 'guildhall_call_seconds',
    help: 'How long socket calls took, by call and outcome',
    labelNames: ['call', 'outcome'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2],
    registers: [registry],
  });
  const spared = new Counter({ name: 'guildhall_pushes_spared_total', help: 'Deliveries of this node’s pushes that its slow sockets were spared', registers: [registry] });
  const closed = new Counter({ name: 'guildhall_slow_connections_closed_total', help: 'Sockets closed because they did not read what they were sent', registers: [registry] });
  return {
    registry,
    callAnswered: (call, outcome, seconds) => calls.observe({ call, outcome }, seconds),
    pushSpared: (count) => spared.inc(count),
    slowClosed: () => closed.inc(),
  };
}
