/** What `openWorld` opens and `createApp` is given: the outside, before the house stands in it. */
import type { Router } from 'express';
import type { Outside } from './ground.js';
import type { Part } from './http/health.js';
import type { StageNews, Stages } from './media/stages.js';
import type { Nodes } from './platform/cluster/nodes.js';
import type { createIo } from './realtime/createIo.js';

/** The outside world, what the house's own parts are made of, and what the doors need. */
export interface World extends Outside {
  createStages(onNews: (news: StageNews) => void): Stages;
  /** Joins the sockets of several nodes. */
  adapter: Parameters<typeof createIo>[1]['adapter'];
  nodes: Nodes;
  /** The folder of the built client; null serves no pages. */
  clientDir: string | null;
  /** The Stripe sandbox's pages and its console, where it plays Stripe. */
  sandbox: { pages: Router; console: Router } | null;
  trustProxy: number;
  parts: readonly Part[];
}
