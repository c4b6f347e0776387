/** What `openWorld` opens and `createApp` is given: the outside, before the house stands in it. */
import type { Router } from 'express';
import type { Deps } from './deps.js';
import type { Part } from './http/health.js';
import type { StageNews, Stages } from './media/stages.js';
import type { Nodes } from './platform/cluster/nodes.js';
import type { createIo } from './realtime/createIo.js';

/** What `createDeps` makes. */
type MadeHere =
  | 'publish' | 'tellAmong' | 'judgeAgain' | 'rightsChanged' | 'gatesChanged' | 'roomChanged' | 'sessionEnded'
  | 'askStripe' | 'rooms' | 'timeline' | 'changes' | 'here' | 'tails' | 'bells' | 'soon'
  | 'pollNews' | 'stepNews' | 'queueNews' | 'audience' | 'rosters' | 'stages';

/** The outside world: everything a verb needs but what the house makes itself, and what the doors need. */
export interface World extends Omit<Deps, MadeHere> {
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
