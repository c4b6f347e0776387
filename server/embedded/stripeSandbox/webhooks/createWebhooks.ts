/** Delivers events to the endpoint, and goes on until they have been taken or it is hopeless. */
import { createAlarm } from '../alarm.js';
import type { Appointment } from '../store/draft.js';
import type { StoredEvent } from '../store/kinds.js';
import type { Store } from '../store/openStore.js';
import { signPayload } from './signPayload.js';

/** Growing delays before each new attempt, in milliseconds: about three days in all, as Stripe does. */
export const stripeRetryDelaysMs: readonly number[] = [1, 5, 30, 120, 600, 3600, 10_800, 21_600, 43_200, 86_400, 86_400].map((s) => s * 1000);

const answerWithinMs = 10_000;
/** How many due deliveries are looked at in one go. */
const handful = 100;

/** In which order waiting events go out. */
export type DeliveryOrder = 'newest_first' | 'oldest_first';

/** The post office, with switches for tests. */
export interface Webhooks {
  /** Holds everything back; events still pile up. */
  pause(): void;
  /** Lets go; what is waiting goes out in this order, later events as they come. */
  resume(order?: DeliveryOrder): void;
  /**
   * Sends an event once more, at once, whatever became of it before.
   *
   * @returns the HTTP status of the answer, or `null` when there was none.
   */
  redeliver(eventId: string): Promise<number | null>;
  /** Settles when nothing is under way and nothing that may go out now is waiting. */
  settled(): Promise<void>;
}

/** What delivering needs from the sandbox around it. */
export interface WebhookHouse {
  store: Store;
  secret: string;
  retryDelaysMs: readonly number[];
  now(): Date;
  log(line: object): void;
}

/** The inner side of the post office. */
export interface PostOffice extends Webhooks {
  setUrl(url: string): void;
  /** Looks for events to deliver; call it after each write. */
  wake(): void;
  close(): Promise<void>;
}

/** Opens the post office. One event goes out at a time, so that order is a matter of choice, not of luck. */
export function createWebhooks(house: WebhookHouse, url?: string): PostOffice {
  const { store, now, log } = house;
  const closing = new AbortController();
  let endpoint = url;
  let paused = false;
  let order: DeliveryOrder = 'oldest_first';
  let round: Promise<void> | undefined;
  const isHeld = (): boolean => paused || endpoint === undefined || closing.signal.aborted;
  const alarm = createAlarm(now, () => (isHeld() ? undefined : store.nextDue('deliver')), wake);

  function wake(): void {
    if (isHeld()) return;
    round ??= deliverDue()
      .catch((error: unknown) => log({ level: 'error', happened: 'webhook round broke', error: String(error) }))
      .finally(() => {
        round = undefined;
        alarm.set();
      });
  }

  async function deliverDue(): Promise<void> {
    for (let waiting = dueNow(store, now(), order); waiting.length > 0 && !isHeld(); waiting = dueNow(store, now(), order)) {
      for (const appointment of waiting) if (!isHeld()) await deliver(appointment);
      order = 'oldest_first';
    }
  }

  async function deliver(appointment: Appointment): Promise<void> {
    const event = store.get('event', appointment.id);
    const status = event ? await send(event) : null;
    // Closed in mid-air: the appointment stands, and the next start keeps it.
    if (closing.signal.aborted) return;
    await store.write((draft) => {
      draft.unschedule(appointment);
      const taken = status !== null && status >= 200 && status < 300;
      const current = draft.get('event', appointment.id);
      if (taken && current) draft.put('event', { ...current, pending_webhooks: 0 });
      const delay = house.retryDelaysMs[appointment.attempt];
      if (!taken && current && delay !== undefined)
        draft.schedule({ ...appointment, at: now().getTime() + delay, attempt: appointment.attempt + 1 });
    });
    log({ happened: 'webhook sent', event: appointment.id, type: event?.type, attempt: appointment.attempt, status });
  }

  async function send(event: StoredEvent): Promise<number | null> {
    if (endpoint === undefined) return null;
    const payload = JSON.stringify(event, null, 2);
    // The receiver judges the signature's age by the real clock, whatever time the sandbox is told.
    const signature = signPayload(payload, house.secret, Math.floor(Date.now() / 1000));
    try {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature, 'user-agent': 'Stripe/1.0 (sandbox)' },
        body: payload,
        redirect: 'manual',
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(answerWithinMs)]),
      });
      await response.body?.cancel();
      return response.status;
    } catch {
      // Refused, cut off or too slow: an attempt without an answer.
      return null;
    }
  }

  return {
    wake,
    setUrl(next) {
      endpoint = next;
      wake();
    },
    pause() {
      paused = true;
    },
    resume(next = 'oldest_first') {
      paused = false;
      order = next;
      wake();
    },
    async redeliver(eventId) {
      const event = store.get('event', eventId);
      return event ? await send(event) : null;
    },
    async settled() {
      while (round || (!isHeld() && dueNow(store, now(), order).length > 0)) {
        wake();
        await round;
      }
    },
    async close() {
      closing.abort();
      alarm.stop();
      await round;
    },
  };
}

/** A handful of due deliveries in the order of their events, not of their retries. */
function dueNow(store: Store, now: Date, order: DeliveryOrder): Appointment[] {
  const due: (Appointment & { place: number })[] = [];
  for (const appointment of store.due('deliver', now.getTime())) {
    due.push({ ...appointment, place: store.placeOf('event', appointment.id) ?? 0 });
    if (due.length === handful && order === 'oldest_first') break;
  }
  return due.sort((a, b) => (order === 'oldest_first' ? a.place - b.place : b.place - a.place));
}
