/**
 * Being in one room on this connection: join, catch up, hear, and leave. It joins at each connection and asks for what
 * it missed only after the join's reply, so that between the two nothing falls.
 */
import { chat, type HereView } from '../../shared/contracts/chat.js';
import type { MessageView } from '../../shared/contracts/messages.js';
import { community } from '../../shared/contracts/community.js';
import type { PersonView } from '../../shared/contracts/members.js';
import { rights, type EndReason } from '../../shared/contracts/rights.js';
import type { RoomView } from '../../shared/contracts/rooms.js';
import { limits } from '../../shared/limits.js';
import { isFailure, OfflineError } from '../api/problems.js';
import { session } from '../api/session.js';
import { call, on, onConnected } from '../api/socket.js';
import { createStore, type Store } from '../api/store.js';
import { lastReadOf } from './lastRead.js';
import { onStored, settle } from './outbox.js';
import { begin, emptyTimeline, hasGap, prepend, tell, type Timeline } from './timeline.js';

export interface RoomState {
  /** joining: not yet in, or between connections for the first time. out: one may not be here; `reason` says why where it is known. */
  status: 'joining' | 'in' | 'out';
  room: RoomView | null;
  timeline: Timeline;
  here: HereView | null;
  typing: readonly PersonView[];
  /** Why joining or catching up failed, where trying again may help. */
  problem: unknown;
  reason: EndReason | null;
  isLoadingOlder: boolean;
}

/** Beyond this many missed messages the newest page is shown at once, and the rest is loaded when scrolled to. */
const catchUpMax = 1_000;
const fillGapTries = 5;
const fillGapPauseMs = 300;
const typingEveryMs = (limits.typingSeconds - 2) * 1_000;

const starting: RoomState = { status: 'joining', room: null, timeline: emptyTimeline, here: null, typing: [], problem: null, reason: null, isLoadingOlder: false };

export class RoomSession {
  readonly state: Store<RoomState> = createStore(starting);
  /** Up to where the room was read when it was opened; null at the first visit. */
  readonly readBefore: number | null;
  private readonly stops: (() => void)[] = [];
  private readonly typingTimers = new Map<string, ReturnType<typeof setTimeout>>();
  private catchingUp = false;
  private catchUpAgain = false;
  private toldTypingAt = -Infinity;
  private closed = false;

  constructor(readonly roomId: string) {
    this.readBefore = lastReadOf(roomId);
    this.listen();
  }

  private change(part: Partial<RoomState>): void {
    if (!this.closed) this.state.set({ ...this.state.get(), ...part });
  }

  private listen(): void {
    const { roomId } = this;
    const mine = <D extends { roomId: string }>(handler: (data: D) => void) => (data: D): void => {
      if (data.roomId === roomId) handler(data);
    };
    const seen = (): void => {
      if (document.visibilityState === 'visible') void this.catchUp();
    };
    const shown = (event: PageTransitionEvent): void => {
      if (event.persisted) void this.catchUp();
    };
    document.addEventListener('visibilitychange', seen);
    addEventListener('pageshow', shown);
    this.stops.push(
      on(chat.posted, mine(({ messages }) => this.hear(messages))),
      on(chat.hereChanged, mine((here) => this.change({ here }))),
      on(chat.typed, mine(({ person }) => this.showTyping(person))),
      on(rights.leftRoom, mine(({ reason }) => this.goOut(reason))),
      on(rights.changed, ({ change }) => {
        if (change === 'started' && this.state.get().status === 'out') void this.join();
      }),
      on(community.resync, () => void this.catchUp()),
      onStored(mine((message) => this.hear([message]))),
      onConnected(() => void this.join()),
      () => document.removeEventListener('visibilitychange', seen),
      () => removeEventListener('pageshow', shown),
    );
  }

  /** Enters the room on this connection, then asks for what was missed. */
  async join(): Promise<void> {
    try {
      const { room, here } = await call(chat.join, { roomId: this.roomId });
      this.change({ status: 'in', room, here, problem: null, reason: null });
      if (this.closed) await call(chat.leave, { roomId: this.roomId });
      else await this.catchUp();
    } catch (error) {
      if (isFailure(error, 'room.not_found')) this.goOut(this.state.get().reason);
      // Offline, the next connection joins again by itself.
      else if (!(error instanceof OfflineError)) this.change({ problem: error });
    }
  }

  private goOut(reason: EndReason | null): void {
    // What was said inside is not theirs to read any longer.
    this.change({ ...starting, status: 'out', reason });
  }

  private hear(messages: readonly MessageView[]): void {
    const { timeline, status, typing } = this.state.get();
    if (status === 'out') return;
    const authors = new Set(messages.map((message) => message.author.id));
    this.change({ timeline: tell(timeline, messages), typing: typing.filter((person) => !authors.has(person.id)) });
    this.settleMine(messages);
    if (hasGap(this.state.get().timeline)) void this.catchUp();
  }

  private settleMine(messages: readonly MessageView[]): void {
    const me = session.get().me?.id;
    for (const message of messages) if (message.author.id === me) settle(message.clientMessageId);
  }

  /** Asks for everything after what is held; whoever calls while it runs makes it look once more. */
  private async catchUp(): Promise<void> {
    if (this.catchingUp) {
      this.catchUpAgain = true;
      return;
    }
    this.catchingUp = true;
    try {
      do {
        this.catchUpAgain = false;
        await this.askUntilWhole();
      } while (this.catchUpAgain && !this.closed);
      this.change({ problem: null });
    } catch (error) {
      if (!(error instanceof OfflineError)) this.change({ problem: error });
    } finally {
      this.catchingUp = false;
    }
  }

  private async askUntilWhole(): Promise<void> {
    for (let stuck = 0; stuck < fillGapTries && this.state.get().status === 'in' && !this.closed; ) {
      const before = this.state.get().timeline.top;
      const hasMore = await this.askAfter(before);
      const { timeline } = this.state.get();
      if (!hasMore && !hasGap(timeline)) return;
      if (timeline.top !== before) continue;
      // Two writers may store 8 before 7: what is missing is about to be there.
      stuck += 1;
      await new Promise((resolve) => setTimeout(resolve, fillGapPauseMs));
    }
  }

  private async askAfter(top: number | null): Promise<boolean> {
    const { roomId } = this;
    const page = await call(chat.history, top === null ? { roomId } : { roomId, after: top, limit: limits.historyPageMax });
    if (top === null || page.lastSeq - top > catchUpMax) {
      const newest = top === null ? page : await call(chat.history, { roomId });
      this.change({ timeline: begin(this.state.get().timeline, newest) });
      this.settleMine(newest.messages);
      return false;
    }
    this.change({ timeline: tell(this.state.get().timeline, page.messages) });
    this.settleMine(page.messages);
    return page.hasMore;
  }

  /** Loads the page above what is held. */
  async loadOlder(): Promise<void> {
    const { timeline, isLoadingOlder, status } = this.state.get();
    const before = timeline.messages[0]?.seq;
    if (isLoadingOlder || !timeline.hasOlder || status !== 'in' || before === undefined) return;
    this.change({ isLoadingOlder: true });
    try {
      const page = await call(chat.history, { roomId: this.roomId, before });
      this.change({ timeline: prepend(this.state.get().timeline, page) });
    } catch {
      // Scrolling up again asks again; a lost connection is the pill's to tell.
    } finally {
      this.change({ isLoadingOlder: false });
    }
  }

  private showTyping(person: PersonView): void {
    if (person.id === session.get().me?.id) return;
    const others = (): readonly PersonView[] => this.state.get().typing.filter((one) => one.id !== person.id);
    clearTimeout(this.typingTimers.get(person.id));
    this.typingTimers.set(person.id, setTimeout(() => this.change({ typing: others() }), limits.typingSeconds * 1_000));
    this.change({ typing: [...others(), person] });
  }

  /** Tells the room that I type, no oftener than it needs to stay shown. */
  tellTyping(): void {
    const now = performance.now();
    if (this.state.get().status !== 'in' || now - this.toldTypingAt < typingEveryMs) return;
    this.toldTypingAt = now;
    // A lost notice harms nobody.
    call(chat.typing, { roomId: this.roomId }).catch(() => undefined);
  }

  /** Leaves the room on this connection and hears nothing more. Closing twice is harmless. */
  close(): void {
    if (this.closed) return;
    const wasIn = this.state.get().status === 'in';
    this.closed = true;
    for (const stop of this.stops) stop();
    for (const timer of this.typingTimers.values()) clearTimeout(timer);
    // Without a connection there is nothing to leave.
    if (wasIn) call(chat.leave, { roomId: this.roomId }).catch(() => undefined);
  }
}
