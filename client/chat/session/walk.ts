/** Going about in a timeline: older and newer pages, a message of the past, and back to the live end. */
import { chat } from '../../../shared/contracts/chat.js';
import { OfflineError } from '../../api/problems.js';
import { call } from '../../api/socket.js';
import { append, begin, messageAt, prepend, standAround } from '../timeline.js';
import type { Seat } from './timelineState.js';

export class Walk {
  private isLoading = { older: false, newer: false };
  /** Counts the jumps: one that was overtaken by another is not carried out. */
  private jumps = 0;

  constructor(private readonly seat: Seat) {}

  private async load(side: 'older' | 'newer', ask: () => Promise<void>): Promise<void> {
    if (this.isLoading[side] || this.seat.get().status !== 'in') return;
    this.isLoading[side] = true;
    try {
      await ask();
    } catch {
      // Scrolling there again asks again; a lost connection is the pill's to tell.
    } finally {
      this.isLoading[side] = false;
    }
  }

  /** Loads the page above what is held. */
  loadOlder(): Promise<void> {
    const { place, take, get } = this.seat;
    return this.load('older', async () => {
      const { hasOlder, messages } = get().timeline;
      const before = messages[0]?.seq;
      if (!hasOlder || before === undefined) return;
      const page = await call(chat.history, { ...place, before });
      take((now) => prepend(now, before, page));
    });
  }

  /** Loads the page below a window of the past; the last one makes it live. */
  loadNewer(): Promise<void> {
    const { place, take, get } = this.seat;
    return this.load('newer', async () => {
      const { isLive, top } = get().timeline;
      if (isLive || top === null) return;
      const page = await call(chat.history, { ...place, after: top });
      take((now) => append(now, top, page));
    });
  }

  private async jump(find: (isWanted: () => boolean) => Promise<void>): Promise<void> {
    this.jumps += 1;
    const jump = this.jumps;
    try {
      await find(() => jump === this.jumps);
    } catch (error) {
      if (!(error instanceof OfflineError)) this.seat.change({ problem: error });
    }
  }

  /** Shows the message at `seq` and marks it, wherever it stands. */
  standAt(seq: number): Promise<void> {
    const { place, take, get, change } = this.seat;
    return this.jump(async (isWanted) => {
      if (messageAt(get().timeline, seq) === undefined) {
        const page = await call(chat.history, { ...place, around: seq });
        if (!isWanted()) return;
        take((now) => standAround(now, page));
      }
      change({ target: { seq } });
    });
  }

  /** Shows the first message of a day or later. @param at - when the day begins, as an ISO instant. */
  standAtTime(at: string): Promise<void> {
    return this.jump(async (isWanted) => {
      const { seq } = await call(chat.seqAt, { ...this.seat.place, at });
      if (seq > 0 && isWanted()) await this.standAt(seq);
    });
  }

  /** Goes back to the live end, where the stretch is a window of the past. */
  toLatest(): Promise<void> {
    const { place, take, get, change } = this.seat;
    return this.jump(async (isWanted) => {
      change({ target: null });
      if (get().timeline.isLive) return;
      const page = await call(chat.history, place);
      if (isWanted()) take((now) => begin(now, page));
    });
  }
}
