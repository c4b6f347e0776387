/** Alive, ready, and measured: what a load balancer and Prometheus ask. */
import { Router } from 'express';
import type { Registry } from 'prom-client';

/** One part of the house and whether it serves now. A part that is not `needed` is told, and does not make the node unready. */
export interface Part {
  name: string;
  needed: boolean;
  state(): string;
  isUp(): boolean;
}

export function healthRoutes(parts: readonly Part[], isDraining: () => boolean, metrics: Registry): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ alive: true });
  });
  router.get('/readyz', (_request, response) => {
    const isReady = !isDraining() && parts.every((part) => !part.needed || part.isUp());
    const said = Object.fromEntries(parts.map((part) => [part.name, part.state()]));
    response.status(isReady ? 200 : 503).json({ ready: isReady, draining: isDraining(), ...said });
  });
  router.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.metrics());
  });
  return router;
}
