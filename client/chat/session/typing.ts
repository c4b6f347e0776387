/** Who is typing here, and telling that I am. */
import { chat } from '../../../shared/contracts/chat.js';
import type { PersonView } from '../../../shared/contracts/members.js';
import { limits } from '../../../shared/limits.js';
import { session } from '../../api/session.js';
import { call } from '../../api/socket.js';
import type { Seat } from './timelineState.js';

const tellEveryMs = (limits.typingSeconds - 2) * 1_000;

export class Typing {
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private toldAt = -Infinity;

  constructor(private readonly seat: Seat) {}

  /** Shows somebody for as long as their notice stands. */
  show(person: PersonView): void {
    if (person.id === session.get().me?.id) return;
    clearTimeout(this.timers.get(person.id));
    this.timers.set(person.id, setTimeout(() => this.drop(new Set([person.id])), limits.typingSeconds * 1_000));
    this.seat.change({ typing: [...this.seat.get().typing.filter((one) => one.id !== person.id), person] });
  }

  /** Those who have spoken type no longer. */
  drop(memberIds: ReadonlySet<string>): void {
    const { typing } = this.seat.get();
    const left = typing.filter((one) => !memberIds.has(one.id));
    if (left.length < typing.length) this.seat.change({ typing: left });
  }

  /** Tells that I type, no oftener than it needs to stay shown. */
  tell(): void {
    const now = performance.now();
    if (this.seat.get().status !== 'in' || now - this.toldAt < tellEveryMs) return;
    this.toldAt = now;
    // A lost notice harms nobody.
    call(chat.typing, this.seat.place).catch(() => undefined);
  }

  stop(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
  }
}
