import type { Deps } from '../../deps.js';
import type { Job } from '../../platform/schedule.js';
import type { WebhookFollower } from '../handleWebhook.js';
import { compareWithStripe } from './comparing/compareWithStripe.js';

/** How old a comparison is when the next is made, in milliseconds. */
const hourMs = 60 * 60_000;
/** A house that is opened compares at once, unless one of its nodes has just done so. */
const freshMs = 5 * 60_000;
/** How often a node looks whether it is time. */
const lookEveryMs = 5 * 60_000;

/** Compares with Stripe when a node has started, and then every hour; of all nodes one does it. */
export function attentionTimers(deps: Deps, followers: readonly WebhookFollower[]): Job[] {
  let hasStarted = false;
  return [
    {
      name: 'comparison',
      everyMs: lookEveryMs,
      soonerMs: () => (hasStarted ? null : 0),
      async run() {
        const age = hasStarted ? hourMs : freshMs;
        hasStarted = true;
        await compareWithStripe(deps, followers, { byId: null, notAfter: new Date(deps.now().getTime() - age) });
      },
    },
  ];
}
