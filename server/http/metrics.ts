/** What the node measures of itself, in Prometheus's text form. */
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  registry: Registry;
  /** `outcome` is `ok` or the failure's code. */
  callAnswered(call: string, outcome: string, seconds: number): void;
}

/** @param countConnections - how many sockets are open now. */
export function createMetrics(countConnections: () => number): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'guildhall_connections',
    help: 'Open sockets on this node',
    registers: [registry],
    collect() {
      this.set(countConnections());
    },
  });
  const calls = new Histogram({
    name: 'guildhall_call_seconds',
    help: 'How long socket calls took, by call and outcome',
    labelNames: ['call', 'outcome'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2],
    registers: [registry],
  });
  return {
    registry,
    callAnswered: (call, outcome, seconds) => calls.observe({ call, outcome }, seconds),
  };
}
