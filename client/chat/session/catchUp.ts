/** Making a timeline whole again: what is missing after it, and what changed in it meanwhile. */
import { chat } from '../../../shared/contracts/chat.js';
import { limits } from '../../../shared/limits.js';
import { OfflineError } from '../../api/problems.js';
import { call } from '../../api/socket.js';
import { append, begin, hasGap, isBehind, standAround, takeChanges } from '../timeline.js';
import { watchFound } from './found.js';
import type { Seat } from './timelineState.js';

/** Beyond this many missed messages the newest page is shown at once, and the rest is loaded when scrolled to. */
const catchUpMax = 1_000;
const tries = 5;
const pauseMs = 300;
/**
 * So long what was told ahead of its turn waits for what comes before it, and up to twice as long. Between nodes 8 may be told
 * before 7, to everybody on a node at once: were each to ask at once, they would all ask for what is on its way.
 */
const graceMs = 150;

export class CatchUp {
  private isRunning = false;
  private waiting: ReturnType<typeof setTimeout> | undefined;
  /** Somebody asked while it ran; `true` where they asked to look even if nothing seems to be missing. */
  private again: boolean | null = null;

  /** @param startAt - the `seq` the first page is asked around; null for the newest page. */
  constructor(private readonly seat: Seat, private readonly startAt: number | null) {}

  /**
   * Asks until nothing is missing; whoever calls while it runs makes it look once more.
   * @param looks - asks even where nothing is known to be missing: pushes may have been lost without a trace.
   */
  async run(looks: boolean): Promise<void> {
    if (this.isRunning) {
      this.again = looks || this.again === true;
      return;
    }
    this.isRunning = true;
    const tellFound = watchFound(this.seat);
    try {
      for (let wish: boolean | null = looks; wish !== null && !this.seat.isClosed(); wish = this.again) {
        this.again = null;
        await this.askUntilWhole(wish);
      }
      this.seat.change({ problem: null });
      tellFound();
    } catch (error) {
      if (!(error instanceof OfflineError)) this.seat.change({ problem: error });
    } finally {
      this.isRunning = false;
    }
  }

  /** Asks for what is missing after what was told, unless it comes by itself meanwhile. */
  soon(): void {
    this.waiting ??= setTimeout(() => {
      this.waiting = undefined;
      const { timeline, status } = this.seat.get();
      if (status === 'in' && (hasGap(timeline) || isBehind(timeline))) void this.run(false);
    }, graceMs * (1 + Math.random()));
  }

  /** Waits for nothing more. */
  stop(): void {
    clearTimeout(this.waiting);
  }

  private async askUntilWhole(looks: boolean): Promise<void> {
    let mustLook = looks;
    for (let stuck = 0; stuck < tries && this.seat.get().status === 'in' && !this.seat.isClosed(); ) {
      const { top, rev } = this.seat.get().timeline;
      const more = await this.askOnce(mustLook);
      mustLook = false;
      const { timeline } = this.seat.get();
      if (!more && !hasGap(timeline) && !isBehind(timeline)) return;
      if (timeline.top !== top || timeline.rev !== rev) continue;
      // Two writers may store 8 before 7: what is missing is about to be there.
      stuck += 1;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }

  /** Answers whether there is more to ask for. */
  private async askOnce(mustLook: boolean): Promise<boolean> {
    const { top, isLive } = this.seat.get().timeline;
    if (top === null) return this.askFirst();
    let more = false;
    if (isLive && (mustLook || hasGap(this.seat.get().timeline))) more = await this.askAfter(top);
    const { timeline } = this.seat.get();
    if (timeline.rev !== null && (mustLook || isBehind(timeline))) more = (await this.askChanges(timeline.rev)) || more;
    return more;
  }

  private async askFirst(): Promise<boolean> {
    const { place, take } = this.seat;
    const page = await call(chat.history, this.startAt === null ? place : { ...place, around: this.startAt });
    take((now) => (this.startAt === null ? begin : standAround)(now, page));
    return false;
  }

  private async askAfter(top: number): Promise<boolean> {
    const { place, take } = this.seat;
    const page = await call(chat.history, { ...place, after: top, limit: limits.historyPageMax });
    if (page.lastSeq - top > catchUpMax) {
      const newest = await call(chat.history, place);
      take((now) => begin(now, newest));
      return false;
    }
    take((now) => append(now, top, page));
    return page.hasMore;
  }

  private async askChanges(after: number): Promise<boolean> {
    const { place, take } = this.seat;
    const view = await call(chat.changes, { roomId: place.roomId, after });
    take((now) => takeChanges(now, after, view, view.messages.filter(({ threadId }) => threadId === place.threadId)));
    return view.hasMore;
  }
}
