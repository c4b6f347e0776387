/** What the console shows, read from the store. */
import type { FaultPlan } from '../../faults/faults.js';
import type { Attempt, StoredEvent, StoredTestClock } from '../../store/kinds.js';
import type { Store } from '../../store/openStore.js';

/** How many events are shown at once. */
const pageSize = 25;
/** Among how many waiting deliveries an event's next attempt is looked for. */
const mostWaiting = 2000;

/** How the last act went. */
export type ConsoleOutcome = 'advanced' | 'answered' | 'mended' | 'refused' | 'set' | 'unanswered';

/** An event with what became of it; `nextAt` in milliseconds, `null` when it is not tried again. */
export interface ToldEvent {
  event: StoredEvent;
  attempts: readonly Attempt[];
  nextAt: number | null;
}

/** What the page shows; moments in milliseconds since the epoch. */
export interface Console {
  now: number;
  aheadMs: number;
  faults: Readonly<FaultPlan>;
  testClocks: readonly StoredTestClock[];
  events: readonly ToldEvent[];
  /** Whether older events than some were asked for. */
  isOlder: boolean;
  /** The event after which the older ones come; `null` when there are none. */
  olderThan: string | null;
  outcome: ConsoleOutcome | null;
}

/** The newest events, or those older than the one named. */
export function readEvents(store: Store, before: string): Pick<Console, 'events' | 'isOlder' | 'olderThan'> {
  const from = store.placeOf('event', before);
  const nextAt = new Map<string, number>();
  for (const { id, at } of store.due('deliver', Number.MAX_SAFE_INTEGER - 1)) {
    nextAt.set(id, at);
    if (nextAt.size === mostWaiting) break;
  }
  const events: ToldEvent[] = [];
  for (const event of store.walk('event', { from })) {
    events.push({ event, attempts: store.get('event_log', event.id)?.attempts ?? [], nextAt: nextAt.get(event.id) ?? null });
    if (events.length > pageSize) break;
  }
  const shown = events.slice(0, pageSize);
  return { events: shown, isOlder: from !== undefined, olderThan: events.length > pageSize ? (shown.at(-1)?.event.id ?? null) : null };
}
