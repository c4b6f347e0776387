/** What goes wrong on purpose, so that a shop can see how it takes it. Nothing is wrong when the sandbox starts. */

/** What goes wrong, and for how long. */
export interface FaultPlan {
  /** Every event is delivered twice. */
  duplicate: boolean;
  /** What waits to be delivered goes out newest first. */
  reverse: boolean;
  /** Events are not delivered, and not tried again either; they can be sent by hand later. */
  drop: boolean;
  /** The endpoint's first answer to every event gets lost, so that Stripe takes it for a failure and sends the event again. */
  loseAnswers: boolean;
  /** For so long after it happened an event is kept back, in milliseconds. */
  delayMs: number;
  /** So many of the next payments are declined, whatever the card. */
  declinePayments: number;
  /** So many of the next refunds ask their receiver first where the money is to go; they answer when a slow refund would have arrived. */
  askReceivers: number;
  /** So many of the next calls that change something are carried out and then answered with 500, also to their retries. */
  breakAnswers: number;
}

/** No fault at all. */
export const noFaults: Readonly<FaultPlan> = { duplicate: false, reverse: false, drop: false, loseAnswers: false, delayMs: 0, declinePayments: 0, askReceivers: 0, breakAnswers: 0 };

/** The switches. They are in memory: a restart mends everything. */
export class Faults {
  private current: FaultPlan = { ...noFaults };

  /** What goes wrong now; the numbers count down as they are used up. */
  get plan(): Readonly<FaultPlan> {
    return this.current;
  }

  /** Changes what goes wrong from now on. */
  set(change: Partial<FaultPlan>): void {
    this.current = { ...this.current, ...change };
  }

  /** Mends everything. */
  clear(): void {
    this.current = { ...noFaults };
  }

  /** Whether the payment that is being made now is to be declined. */
  takeDecline(): boolean {
    return this.take('declinePayments');
  }

  /** Whether the refund that is being made now asks its receiver. */
  takeAsking(): boolean {
    return this.take('askReceivers');
  }

  /** Whether the answer that is being made now is to break. */
  takeBrokenAnswer(): boolean {
    return this.take('breakAnswers');
  }

  private take(count: 'askReceivers' | 'breakAnswers' | 'declinePayments'): boolean {
    const left = this.current[count];
    if (left > 0) this.set({ [count]: left - 1 });
    return left > 0;
  }
}
