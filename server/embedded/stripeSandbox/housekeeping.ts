/** What the clock does: sessions expire, old events and answers are forgotten. */
import { createAlarm } from './alarm.js';
import { expireWhenDue } from './checkout/expireSession.js';
import type { Draft, Lane } from './store/draft.js';
import type { Store } from './store/openStore.js';
import type { Turn } from './turn.js';

type Chore = (turn: Turn, id: string) => void;

const chores: { readonly [L in Exclude<Lane, 'deliver'>]: Chore } = {
  expire_session: expireWhenDue,
  forget_event: ({ draft }, id) => draft.remove('event', id),
  forget_reply: ({ draft }, id) => draft.dropReply(id),
};
const lanes = Object.entries(chores) as [Exclude<Lane, 'deliver'>, Chore][];
/** How many chores are done in one transaction. */
const handful = 200;

/** The clock's hands. */
export interface Housekeeping {
  /** Does everything whose time has come; cheap when there is nothing. */
  catchUp(): Promise<void>;
  /** Follows the agenda with a timer; call it after each write. */
  wake(): void;
  stop(): void;
}

/** @param afterChores - called when chores were done, as they may have made events. */
export function createHousekeeping(store: Store, now: () => Date, afterChores: () => void, log: (line: object) => void): Housekeeping {
  const isDue = (): boolean => lanes.some(([lane]) => (store.nextDue(lane) ?? Infinity) <= now().getTime());
  const nextDue = (): number | undefined => {
    const moments = lanes.map(([lane]) => store.nextDue(lane)).filter((at) => at !== undefined);
    return moments.length > 0 ? Math.min(...moments) : undefined;
  };
  const alarm = createAlarm(now, nextDue, () => {
    catchUp()
      .catch((error: unknown) => log({ level: 'error', happened: 'housekeeping broke', error: String(error) }))
      .finally(() => alarm.set());
  });

  async function catchUp(): Promise<void> {
    while (isDue()) {
      const until = now().getTime();
      await store.write((draft) => doChores(store, draft, until));
      afterChores();
    }
  }

  return { catchUp, wake: () => alarm.set(), stop: () => alarm.stop() };
}

function doChores(store: Store, draft: Draft, until: number): void {
  const turn: Turn = { draft, now: Math.floor(until / 1000), cause: { requestId: null, idempotencyKey: null } };
  for (const [lane, chore] of lanes) {
    let done = 0;
    for (const appointment of store.due(lane, until)) {
      chore(turn, appointment.id);
      draft.unschedule(appointment);
      if (++done === handful) break;
    }
  }
}
