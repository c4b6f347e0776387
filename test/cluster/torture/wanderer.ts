/**
 * A client on a bad road. It keeps the timeline by the client's own pure reducer and catches up as the client does, but its
 * connection breaks at random (in mid-send, in mid-join), each new one leads to another node, and some of the answers that
 * come it does not hear, so that it asks again under the same name.
 */
import { randomUUID } from 'node:crypto';
import { io as connect, type Socket } from 'socket.io-client';
import type { z } from 'zod';
import { append, begin, emptyTimeline, hasGap, isBehind, takeChanges, tell, tellChanged, tellNewest, type Timeline } from '../../../client/chat/timeline.js';
import { chat } from '../../../shared/contracts/chat.js';
import { community } from '../../../shared/contracts/community.js';
import type { Call, Push } from '../../../shared/define.js';
import { messages, type MessageView } from '../../../shared/contracts/messages.js';
import type { Reply } from '../../../shared/failures.js';
import { limits } from '../../../shared/limits.js';
import type { Random } from '../../support/random.js';

export interface Road {
  /** The nodes; one is taken for each connection. */
  urls: readonly string[];
  roomId: string;
  /** While it is bad, connections break and answers are lost. */
  isBad: boolean;
}

const answersLost = 0.1;
const breaksInMidCall = 0.03;
const patienceMs = 5_000;
const pauseMs = 100;
const emojis = ['👍', '🎉', '❤️', '👀'] as const;

export class Wanderer {
  timeline: Timeline = emptyTimeline;
  /** What was acknowledged to this client, by `clientMessageId`. */
  readonly said = new Map<string, MessageView>();
  readonly counts = { connections: 0, answersLost: 0, changes: 0 };
  private socket: Socket | null = null;
  private isClosed = false;
  private isCatchingUp = false;
  private mustLook = false;

  constructor(private readonly road: Road, private readonly token: string, private readonly random: Random) {
    this.connectAnew();
  }

  private connectAnew(): void {
    if (this.isClosed) return;
    const socket = connect(this.random.pick(this.road.urls) ?? '', { transports: ['websocket'], auth: { token: this.token }, forceNew: true, reconnection: false, timeout: patienceMs });
    this.socket = socket;
    const again = (): void => {
      if (this.socket !== socket) return;
      this.socket = null;
      setTimeout(() => this.connectAnew(), this.random.between(20, 300));
    };
    socket.on('connect', () => {
      this.counts.connections += 1;
      void this.join();
    });
    socket.on('disconnect', again);
    socket.on('connect_error', again);
    const hear = <D extends z.ZodType>(push: Push<D>, handler: (data: z.output<D>) => void): void => {
      socket.on(push.name, (data: unknown) => handler(push.data.parse(data)));
    };
    hear(chat.posted, ({ messages: told }) => this.take(tell(this.timeline, told)));
    hear(messages.changed, (change) => this.take(tellChanged(this.timeline, change, change.messages)));
    hear(community.resync, () => void this.catchUp(true));
  }

  /** Breaks the connection without a word. */
  break(): void {
    if (this.socket?.connected) this.socket.io.engine.close();
  }

  private take(timeline: Timeline): void {
    this.timeline = timeline;
    if (hasGap(timeline) || isBehind(timeline)) void this.catchUp(false);
  }

  private async join(): Promise<void> {
    const joined = await this.ask(chat.join, { roomId: this.road.roomId });
    // As the client does: a connection that leaves such a question unanswered is given up, and the next one asks again.
    if (!joined) return this.break();
    this.timeline = tellNewest(this.timeline, joined);
    await this.catchUp(false);
  }

  private async catchUp(looks: boolean): Promise<void> {
    this.mustLook ||= looks;
    if (this.isCatchingUp) return;
    this.isCatchingUp = true;
    try {
      while (!this.isWhole()) {
        this.mustLook = false;
        if (!(await this.askMissing())) return this.break();
      }
    } finally {
      this.isCatchingUp = false;
    }
  }

  private isWhole(): boolean {
    return this.timeline.top !== null && !this.mustLook && !hasGap(this.timeline) && !isBehind(this.timeline);
  }

  private async askMissing(): Promise<boolean> {
    const { roomId } = this.road;
    const { top, rev } = this.timeline;
    const page = await this.ask(chat.history, top === null ? { roomId } : { roomId, after: top, limit: limits.historyPageMax });
    if (!page) return false;
    this.timeline = top === null ? begin(this.timeline, page) : append(this.timeline, top, page);
    if (rev === null) return true;
    const changes = await this.ask(chat.changes, { roomId, after: rev });
    if (changes) this.timeline = takeChanges(this.timeline, rev, changes, changes.messages);
    return changes !== null;
  }

  /** One try of a call; null when its answer did not come or was a refusal. */
  private async ask<C extends Call>(call: C, input: z.input<C['input']>): Promise<z.output<C['output']> | null> {
    const { socket } = this;
    if (!socket?.connected) return null;
    const asking = socket.timeout(patienceMs).emitWithAck(call.name, input) as Promise<Reply<unknown>>;
    if (this.road.isBad && this.random.chance(breaksInMidCall)) setTimeout(() => socket.io.engine.close(), this.random.between(0, 5));
    try {
      const reply = await asking;
      if (!reply.ok) return null;
      if (!this.road.isBad || !this.random.chance(answersLost)) return call.output.parse(reply.data) as z.output<C['output']>;
      this.counts.answersLost += 1;
      return null;
    } catch {
      // A connection that swallows a question is dead, whatever it says of itself.
      if (socket.connected) socket.io.engine.close();
      return null;
    }
  }

  /** Says something, under one name until it is acknowledged. */
  async say(text: string): Promise<void> {
    const clientMessageId = randomUUID();
    for (;;) {
      const stored = await this.ask(chat.send, { roomId: this.road.roomId, clientMessageId, text });
      if (stored) {
        this.said.set(clientMessageId, stored);
        this.take(tell(this.timeline, [stored]));
        return;
      }
      await pause(pauseMs);
    }
  }

  /** Edits or takes away something of its own, or reacts to anything, and asks until it is so, or can be no more. */
  async changeSomething(): Promise<void> {
    const own = this.random.pick([...this.said.values()]);
    const any = this.random.pick(this.timeline.messages);
    const kind = this.random.next();
    if (kind < 0.3 && own) await this.insist((of) => this.ask(messages.edit, { ...of, text: `Edited to ${this.random.next()}` }), own);
    else if (kind < 0.4 && own) await this.insist((of) => this.ask(messages.remove, of), own);
    else if (any) await this.insist((of) => this.ask(messages.react, { ...of, emoji: this.random.pick(emojis) ?? '👍', isOn: this.random.chance(0.8) }), any);
  }

  private async insist(ask: (of: { roomId: string; messageId: string }) => Promise<unknown>, { id }: MessageView): Promise<void> {
    // What was deleted meanwhile refuses for good.
    for (let tries = 0; tries < 5; tries += 1) {
      if (await ask({ roomId: this.road.roomId, messageId: id })) {
        this.counts.changes += 1;
        return;
      }
      await pause(pauseMs);
    }
  }

  close(): void {
    this.isClosed = true;
    this.socket?.disconnect();
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
