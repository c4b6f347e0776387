/**
 * Being in one timeline on this connection: join, catch up, hear, and leave. It joins at each connection and asks for
 * what it missed only after the join's reply, so that between the two nothing falls.
 */
import { chat } from '../../../shared/contracts/chat.js';
import { community } from '../../../shared/contracts/community.js';
import { messages as messageCalls, type MessageView } from '../../../shared/contracts/messages.js';
import { rights, type EndReason } from '../../../shared/contracts/rights.js';
import { isFailure, OfflineError } from '../../api/problems.js';
import { call, on, onConnected } from '../../api/socket.js';
import { createStore, type Store } from '../../api/store.js';
import { onWake } from '../../api/wake.js';
import { settle } from '../outbox.js';
import { onReply } from '../replies.js';
import { hasGap, isBehind, tell, tellChanged, tellMine, tellNewest, type Timeline } from '../timeline.js';
import { CatchUp } from './catchUp.js';
import { startingState, type Place, type Seat, type TimelineState } from './timelineState.js';
import { Typing } from './typing.js';
import { Walk } from './walk.js';

export class TimelineSession {
  readonly state: Store<TimelineState> = createStore(startingState);
  /** Going to older and newer messages. */
  readonly walk: Walk;
  private readonly typing: Typing;
  private readonly catchUp: CatchUp;
  private readonly stops: (() => void)[] = [];
  private closed = false;

  /** @param startAt - the `seq` of the message to be shown first; null to begin at the live end. */
  constructor(readonly place: Place, startAt: number | null = null) {
    const seat: Seat = {
      place,
      get: () => this.state.get(),
      change: (part) => this.change(part),
      take: (change) => this.take(change),
      isClosed: () => this.closed,
    };
    this.walk = new Walk(seat);
    this.typing = new Typing(seat);
    this.catchUp = new CatchUp(seat, startAt);
    this.change({ target: startAt === null ? null : { seq: startAt } });
    this.listen();
  }

  private change(part: Partial<TimelineState>): void {
    if (!this.closed) this.state.set({ ...this.state.get(), ...part });
  }

  private listen(): void {
    const { roomId, threadId } = this.place;
    const inRoom = <D extends { roomId: string }>(handler: (data: D) => void) => (data: D): void => {
      if (data.roomId === roomId) handler(data);
    };
    const inTimeline = <D extends Place>(handler: (data: D) => void) => (data: D): void => {
      if (data.roomId === roomId && data.threadId === threadId) handler(data);
    };
    this.stops.push(
      on(chat.posted, inTimeline(({ messages }) => this.hear(messages))),
      on(messageCalls.changed, inRoom((change) => {
        this.take((now) => tellChanged(now, change, change.messages.filter((message) => message.threadId === threadId)));
      })),
      on(messageCalls.myReactions, inRoom((mine) => this.take((now) => tellMine(now, [mine])))),
      on(chat.hereChanged, inRoom((here) => this.change({ here }))),
      on(chat.typed, inTimeline(({ person }) => this.typing.show(person))),
      on(rights.leftRoom, inRoom(({ reason }) => this.goOut(reason))),
      on(rights.changed, ({ change }) => {
        if (change === 'started' && this.state.get().status === 'out') void this.join();
      }),
      on(community.resync, () => void this.catchUp.run(true)),
      onReply(({ message, mine }) => {
        if (mine !== null && message.roomId === roomId) this.take((now) => tellMine(now, [mine]));
        inTimeline((told: MessageView) => this.hear([told]))(message);
      }),
      onConnected(() => void this.join()),
      // A page that slept may have lost pushes without losing its connection.
      onWake(() => void this.catchUp.run(true)),
    );
  }

  /** Enters the timeline on this connection, then asks for what was missed. */
  async join(): Promise<void> {
    try {
      const { room, here, lastSeq, rev } = await call(chat.join, this.place);
      this.change({ status: 'in', room, here, problem: null, reason: null, checkedAt: Date.now(), timeline: tellNewest(this.state.get().timeline, { lastSeq, rev }) });
      if (this.closed) await call(chat.leave, this.place);
      // What the reply tells is exact, and from here on every push arrives: nothing else can be missing.
      else await this.catchUp.run(false);
    } catch (error) {
      if (isFailure(error, 'room.not_found')) this.goOut(this.state.get().reason);
      // Offline, the next connection joins again by itself.
      else if (!(error instanceof OfflineError)) this.change({ problem: error });
    }
  }

  private goOut(reason: EndReason | null): void {
    // What was said inside is not theirs to read any longer.
    this.change({ ...startingState, status: 'out', reason });
  }

  private hear(messages: readonly MessageView[]): void {
    if (this.state.get().status === 'out') return;
    this.typing.drop(new Set(messages.map((message) => message.author.id)));
    settle(messages);
    this.take((now) => tell(now, messages));
  }

  private take(change: (now: Timeline) => Timeline): void {
    const { timeline: before, status } = this.state.get();
    const timeline = change(before);
    if (timeline === before || status === 'out') return;
    this.change({ timeline });
    settle(timeline.messages);
    if (hasGap(timeline) || isBehind(timeline)) this.catchUp.soon();
  }

  /** Asks the server where the timeline stands, and for whatever is missing of it here. */
  check(): Promise<void> {
    return this.catchUp.run(true);
  }

  /** Tells the others that I type. */
  tellTyping(): void {
    this.typing.tell();
  }

  /** Leaves the timeline on this connection and hears nothing more. Closing twice is harmless. */
  close(): void {
    if (this.closed) return;
    const wasIn = this.state.get().status === 'in';
    this.closed = true;
    for (const stop of this.stops) stop();
    this.typing.stop();
    this.catchUp.stop();
    // Without a connection there is nothing to leave.
    if (wasIn) call(chat.leave, this.place).catch(() => undefined);
  }
}
