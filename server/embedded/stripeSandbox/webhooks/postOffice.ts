/** Delivers events to the endpoint, and goes on until they have been taken or it is hopeless. */
import { createAlarm, type Alarm } from '../alarm.js';
import type { Faults } from '../faults/faults.js';
import type { Appointment, Draft } from '../store/draft.js';
import type { Attempt, StoredEvent } from '../store/kinds.js';
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
  readonly faults: Faults;
  now(): Date;
  log(line: object): void;
}

/** The post office. One event goes out at a time, so that order is a matter of choice, not of luck. */
export class PostOffice implements Webhooks {
  private readonly closing = new AbortController();
  private readonly alarm: Alarm;
  private paused = false;
  private order: DeliveryOrder = 'oldest_first';
  private round: Promise<void> | undefined;
  /** Events that have been kept back once: they are not kept back again. */
  private readonly delayed = new Set<string>();

  constructor(
    private readonly house: WebhookHouse,
    private url: string | undefined,
  ) {
    this.alarm = createAlarm(house.now, () => (this.isHeld ? undefined : house.store.nextDue('deliver')), () => this.wake());
  }

  /** Looks for events to deliver; call it after each write. */
  wake(): void {
    if (this.isHeld) return;
    this.round ??= this.deliverDue()
      .catch((error: unknown) => this.house.log({ level: 'error', happened: 'webhook round broke', error: String(error) }))
      .finally(() => {
        this.round = undefined;
        this.alarm.set();
      });
  }

  setUrl(url: string): void {
    this.url = url;
    this.wake();
  }

  pause(): void {
    this.paused = true;
  }

  resume(order: DeliveryOrder = 'oldest_first'): void {
    this.paused = false;
    this.order = order;
    this.wake();
  }

  async redeliver(eventId: string): Promise<number | null> {
    const event = this.house.store.get('event', eventId);
    if (!event) return null;
    const status = await this.send(event);
    await this.house.store.write((draft) => {
      logAttempt(draft, eventId, { at: this.house.now().getTime(), status, how: 'by_hand' });
      if (isTaken(status)) markTaken(draft, eventId);
    });
    return status;
  }

  async settled(): Promise<void> {
    while (this.round || this.dueNow().length > 0) {
      this.wake();
      await this.round;
    }
  }

  /** Ends it at once; what was under way stays on the agenda for the next start. */
  async close(): Promise<void> {
    this.closing.abort();
    this.alarm.stop();
    await this.round;
  }

  private get isHeld(): boolean {
    return this.paused || this.url === undefined || this.closing.signal.aborted;
  }

  private async deliverDue(): Promise<void> {
    for (let waiting = this.dueNow(); waiting.length > 0; waiting = this.dueNow()) {
      for (const appointment of waiting) if (!this.isHeld) await this.deliver(appointment);
      this.order = 'oldest_first';
    }
  }

  /** What may go out now: a handful of due deliveries in the order of their events, not of their retries. */
  private dueNow(): Appointment[] {
    if (this.isHeld) return [];
    const { store, now } = this.house;
    const isOldestFirst = this.order === 'oldest_first' && !this.house.faults.plan.reverse;
    const due: (Appointment & { place: number })[] = [];
    for (const appointment of store.due('deliver', now().getTime())) {
      due.push({ ...appointment, place: store.placeOf('event', appointment.id) ?? 0 });
      if (due.length === handful && isOldestFirst) break;
    }
    return due.sort((a, b) => (isOldestFirst ? a.place - b.place : b.place - a.place));
  }

  private async deliver(appointment: Appointment): Promise<void> {
    const { store, faults, log } = this.house;
    if (this.keepsBack(appointment)) return this.putOff(appointment);
    const event = store.get('event', appointment.id);
    const { drop, duplicate, loseAnswers } = faults.plan;
    const status = event && !drop ? await this.send(event) : null;
    const again = event && !drop && duplicate ? [{ at: this.house.now().getTime(), status: await this.send(event), how: 'twice' as const }] : [];
    // Closed in mid-air: the appointment stands, and the next start keeps it.
    if (this.closing.signal.aborted) return;
    const how = drop ? 'dropped' : loseAnswers && appointment.attempt === 0 ? 'lost' : 'sent';
    await this.note(appointment, [{ at: this.house.now().getTime(), status, how }, ...again]);
    log({ happened: 'webhook sent', event: appointment.id, type: event?.type, attempt: appointment.attempt, status });
  }

  /** Whether an event waits a while longer because somebody wants it late. */
  private keepsBack({ id, attempt }: Appointment): boolean {
    return attempt === 0 && this.house.faults.plan.delayMs > 0 && !this.delayed.has(id);
  }

  private async putOff(appointment: Appointment): Promise<void> {
    const { store, now, faults } = this.house;
    this.delayed.add(appointment.id);
    await store.write((draft) => {
      draft.unschedule(appointment);
      draft.schedule({ ...appointment, at: now().getTime() + faults.plan.delayMs });
    });
  }

  /** What came of an attempt: the event was taken, is tried again, or is given up. */
  private async note(appointment: Appointment, attempts: readonly [Attempt, ...Attempt[]]): Promise<void> {
    const { store, now, retryDelaysMs } = this.house;
    const [{ how, status }] = attempts;
    this.delayed.delete(appointment.id);
    await store.write((draft) => {
      draft.unschedule(appointment);
      if (!draft.get('event', appointment.id)) return;
      for (const attempt of attempts) logAttempt(draft, appointment.id, attempt);
      const delay = how === 'dropped' ? undefined : retryDelaysMs[appointment.attempt];
      if (how === 'sent' && isTaken(status)) markTaken(draft, appointment.id);
      else if (delay !== undefined) draft.schedule({ ...appointment, at: now().getTime() + delay, attempt: appointment.attempt + 1 });
    });
  }

  private async send(event: StoredEvent): Promise<number | null> {
    if (this.url === undefined) return null;
    const payload = JSON.stringify(event, null, 2);
    // The receiver judges the signature's age by the real clock, whatever time the sandbox is told.
    const signature = signPayload(payload, this.house.secret, Math.floor(Date.now() / 1000));
    try {
      const response = await fetch(this.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature, 'user-agent': 'Stripe/1.0 (sandbox)' },
        body: payload,
        redirect: 'manual',
        signal: AbortSignal.any([this.closing.signal, AbortSignal.timeout(answerWithinMs)]),
      });
      await response.body?.cancel();
      return response.status;
    } catch {
      // Refused, cut off or too slow: an attempt without an answer.
      return null;
    }
  }
}

const isTaken = (status: number | null): boolean => status !== null && status >= 200 && status < 300;

function markTaken(draft: Draft, eventId: string): void {
  const event = draft.get('event', eventId);
  if (event) draft.put('event', { ...event, pending_webhooks: 0 });
}

/** Only so many attempts are remembered of each event. */
const mostAttempts = 20;

function logAttempt(draft: Draft, eventId: string, attempt: Attempt): void {
  const before = draft.get('event_log', eventId)?.attempts ?? [];
  draft.put('event_log', { id: eventId, object: 'event_log', attempts: [...before, attempt].slice(-mostAttempts) });
}
