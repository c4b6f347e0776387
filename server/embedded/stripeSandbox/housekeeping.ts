/** What the clock does: subscriptions are billed, sessions expire, banks answer, clocks arrive where they were sent, old events and answers are forgotten. */
import { createAlarm } from './alarm.js';
import { settleDebit } from './checkout/bankDebit.js';
import { expireWhenDue } from './checkout/expireSession.js';
import { arrive } from './clocks/advanceClock.js';
import { deleteWhenDue } from './clocks/testClocks.js';
import { loseWhenDue } from './disputes/closeDispute.js';
import { openDispute } from './disputes/openDispute.js';
import { settleRefund } from './objects/refundOutcome.js';
import { advanceSchedule } from './schedules/enterPhase.js';
import type { Appointment, Draft, Lane } from './store/draft.js';
import type { Store } from './store/openStore.js';
import { advanceInvoice, billSubscription } from './subscriptions/passTime.js';
import { beginTurn, type Turn, type TurnHouse } from './turn.js';

type Chore = (turn: Turn, id: string) => void;

/** At one moment they are done in this order: a phase begins before the period that it is for. */
const chores: { readonly [L in Exclude<Lane, 'deliver'>]: Chore } = {
  advance_clock: arrive,
  advance_invoice: advanceInvoice,
  advance_schedule: advanceSchedule,
  bill_subscription: billSubscription,
  delete_clock: deleteWhenDue,
  expire_session: expireWhenDue,
  forget_event({ draft }, id) {
    draft.remove('event', id);
    draft.remove('event_log', id);
  },
  forget_portal_session: ({ draft }, id) => draft.remove('billing_portal.session', id),
  forget_reply: ({ draft }, id) => draft.dropReply(id),
  lose_dispute: loseWhenDue,
  open_dispute: openDispute,
  settle_debit: settleDebit,
  settle_refund: settleRefund,
};
const lanes = Object.entries(chores) as [Exclude<Lane, 'deliver'>, Chore][];
/** Forgetting changes nothing that another chore could see, so it need not wait for its place in time. */
const isForgetting = (lane: Lane): boolean => lane.startsWith('forget_');
/** How many chores are done in one transaction. */
const handful = 200;

/** What housekeeping needs from the sandbox around it. */
export interface HousekeepingHouse extends TurnHouse {
  store: Store;
  log(line: object): void;
  /** Called when chores were done, as they may have made events. */
  afterChores(): void;
}

/** The clock's hands. */
export interface Housekeeping {
  /** Does everything whose time has come; cheap when there is nothing. */
  catchUp(): Promise<void>;
  /** Follows the agenda with a timer; call it after each write. */
  wake(): void;
  stop(): void;
}

/** Starts following the agenda. */
export function createHousekeeping(house: HousekeepingHouse): Housekeeping {
  const { store, now, log, afterChores } = house;
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
      await store.write((draft) => doNextChores(house, draft));
      afterChores();
    }
  }

  return { catchUp, wake: () => alarm.set(), stop: () => alarm.stop() };
}

/**
 * Does what is due at the earliest moment, as of that moment: what it leads to may be due before anything else.
 * So a clock that has leapt a year passes through each renewal in its order.
 */
function doNextChores(house: HousekeepingHouse, draft: Draft): void {
  const { store, now } = house;
  const until = now().getTime();
  const inTime = lanes.filter(([lane]) => !isForgetting(lane)).map(([lane]) => store.nextDue(lane) ?? Infinity);
  const moment = Math.min(...inTime, until);
  const turn: Turn = beginTurn(house, draft);
  for (const [lane, chore] of lanes) {
    const due = first(store.due(lane, isForgetting(lane) ? until : moment), handful);
    for (const appointment of due) {
      draft.unschedule(appointment);
      chore({ ...turn, now: Math.floor(appointment.at / 1000) }, appointment.id);
    }
  }
}

function first(appointments: Iterable<Appointment>, count: number): Appointment[] {
  const some: Appointment[] = [];
  for (const appointment of appointments) if (some.push(appointment) === count) break;
  return some;
}
