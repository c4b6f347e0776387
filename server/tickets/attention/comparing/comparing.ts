import type { Deps } from '../../../deps.js';
import type { Following, WebhookFollower } from '../../handleWebhook.js';

/** A comparison that is under way: what it goes by, and how it says what it has come to. */
export interface Comparing {
  deps: Deps;
  followers: readonly WebhookFollower[];
  /** Counts one thing that was looked at, and keeps other nodes away. */
  count(outcome: Following): Promise<void>;
}
