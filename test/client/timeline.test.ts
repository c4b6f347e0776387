import { describe, expect, it } from 'vitest';
import { begin, emptyTimeline, hasGap, listEntries, prepend, tell, type Timeline } from '../../client/chat/timeline.js';
import type { HistoryView } from '../../shared/contracts/chat.js';
import type { MessageView } from '../../shared/contracts/messages.js';

const me = { id: 'a'.repeat(24), name: 'Ana', role: 'member' } as const;
const other = { id: 'b'.repeat(24), name: 'Ben', role: 'member' } as const;

function uuid(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

function message(seq: number, author: MessageView['author'] = other): MessageView {
  const id = seq.toString(16).padStart(24, '0');
  const unchanged = { version: 0, editedAt: null, deleted: null, replyTo: null, mentions: { people: [], room: false, tierKeys: [] }, reactions: [], thread: null, pinnedAt: null };
  return { id, roomId: 'c'.repeat(24), threadId: null, author, clientMessageId: uuid(seq), seq, text: `say ${seq}`, sentAt: '2026-11-23T09:00:00.000Z', ...unchanged };
}

function messages(from: number, to: number): MessageView[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => message(from + index));
}

function seqs(timeline: Timeline): number[] {
  return timeline.messages.map((one) => one.seq);
}

const emptyPage: HistoryView = { messages: [], mine: [], lastSeq: 0, rev: 0, hasMore: false, hasNewer: false };

function newestPage(from: number, to: number): HistoryView {
  return { ...emptyPage, messages: messages(from, to), lastSeq: to, hasMore: from > 1 };
}

describe('the timeline', () => {
  it('keeps what is told before the first page until that page is there', () => {
    const early = tell(emptyTimeline, [message(6), message(8)]);
    expect(seqs(early)).toEqual([]);
    const begun = begin(early, newestPage(4, 5));
    expect(seqs(begun)).toEqual([4, 5, 6]);
    expect(hasGap(begun)).toBe(true);
  });

  it('never skips 7 because 8 came first', () => {
    const begun = begin(emptyTimeline, newestPage(1, 6));
    const gapped = tell(begun, [message(8)]);
    expect(seqs(gapped)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(seqs(tell(gapped, [message(7)]))).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('is the very same timeline where nothing new is told', () => {
    const begun = begin(emptyTimeline, newestPage(1, 3));
    expect(tell(begun, messages(1, 3))).toBe(begun);
  });

  it('starts in an empty room at the first message', () => {
    const begun = begin(emptyTimeline, emptyPage);
    expect(seqs(tell(begun, [message(1)]))).toEqual([1]);
  });

  it('takes the page above it, and leaves one that does not touch it', () => {
    const begun = begin(emptyTimeline, newestPage(41, 60));
    expect(seqs(prepend(begun, newestPage(21, 40))).slice(0, 2)).toEqual([21, 22]);
    expect(prepend(begun, newestPage(1, 20))).toBe(begun);
  });

  it('begins anew after a gap too wide to fill, and not for an older page', () => {
    const begun = begin(emptyTimeline, newestPage(1, 5));
    expect(seqs(begin(begun, newestPage(900, 902)))).toEqual([900, 901, 902]);
    expect(begin(begun, newestPage(1, 4))).toBe(begun);
  });

  it('shows a bubble until its message is known, beyond a gap too, and under the same key', () => {
    const begun = begin(emptyTimeline, newestPage(1, 3));
    const pendings = [{ clientMessageId: uuid(5) }, { clientMessageId: uuid(9) }];
    const before = listEntries(begun, pendings, me.id);
    const after = listEntries(tell(begun, [message(5, me)]), pendings, me.id);
    expect(before.map((entry) => entry.kind)).toEqual(['stored', 'stored', 'stored', 'pending', 'pending']);
    expect(after.map((entry) => entry.kind)).toEqual(['stored', 'stored', 'stored', 'stored', 'pending']);
    expect(after.map((entry) => entry.key)).toEqual(before.map((entry) => entry.key));
  });

  it("does not take another's message for mine, whatever id it carries", () => {
    const begun = begin(emptyTimeline, newestPage(1, 3));
    const entries = listEntries(begun, [{ clientMessageId: uuid(2) }], me.id);
    expect(entries.at(-1)?.kind).toBe('pending');
  });
});

/** A small generator of numbers that repeats itself for the same seed (mulberry32). */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A room that stores, loses pushes, repeats them, and answers history late; my sends are answered late or never. */
class RoughRoom {
  stored: MessageView[] = [];
  pendings: { clientMessageId: string }[] = [];
  timeline = emptyTimeline;
  private readonly mail: (() => void)[] = [];

  constructor(private readonly chance: () => number) {}

  private pick(limit: number): number {
    return Math.floor(this.chance() * limit);
  }

  private take(told: readonly MessageView[]): void {
    this.timeline = tell(this.timeline, told);
    const known = new Set(told.map((one) => one.clientMessageId));
    this.pendings = this.pendings.filter((pending) => !known.has(pending.clientMessageId));
  }

  store(): void {
    const author = this.chance() < 0.4 ? me : other;
    const stored = message(this.stored.length + 1, author);
    this.stored.push(stored);
    if (author === me) {
      this.pendings.push({ clientMessageId: stored.clientMessageId });
      if (this.chance() < 0.7) this.mail.push(() => this.take([stored]));
    }
    for (let copies = this.pick(3); copies > 0; copies -= 1) this.mail.push(() => this.take([stored]));
    if (this.chance() < 0.3) this.mail.push(() => this.take(this.stored.slice(stored.seq - 1 - this.pick(4), stored.seq)));
  }

  askHistory(): void {
    const { top } = this.timeline;
    const now = this.stored.length;
    const from = top === null ? Math.max(1, now - 9) : top + 1;
    const page = this.stored.slice(from - 1, now);
    if (top !== null) this.mail.push(() => this.take(page));
    else this.mail.push(() => (this.timeline = begin(this.timeline, { ...emptyPage, messages: page, lastSeq: now, hasMore: from > 1 })));
  }

  askOlder(): void {
    const first = this.timeline.messages[0]?.seq;
    if (first === undefined) return;
    const from = Math.max(1, first - 7);
    const page = { ...emptyPage, messages: this.stored.slice(from - 1, first - 1), lastSeq: this.stored.length, hasMore: from > 1 };
    this.mail.push(() => (this.timeline = prepend(this.timeline, page)));
  }

  deliver(): void {
    this.mail.splice(this.pick(this.mail.length), 1)[0]?.();
  }

  step(): void {
    const acts = [() => this.store(), () => this.deliver(), () => this.deliver(), () => this.askHistory(), () => this.askOlder()];
    acts[this.pick(acts.length)]?.();
  }

  calmDown(): void {
    while (this.mail.length > 0) this.deliver();
    for (let tries = 0; tries < 2; tries += 1) {
      this.askHistory();
      while (this.mail.length > 0) this.deliver();
    }
    while (this.timeline.hasOlder) {
      this.askOlder();
      this.deliver();
    }
  }
}

describe('the timeline in a rough room', () => {
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));

  it(`holds everything once, in order, whatever came when (SEED=${seed})`, () => {
    const chance = chances(seed);
    for (let round = 0; round < 300; round += 1) {
      const room = new RoughRoom(chance);
      for (let step = 0; step < 120; step += 1) {
        room.step();
        const held = seqs(room.timeline);
        expect(held, `gapless in round ${round}`).toEqual(held.map((_, index) => (held[0] ?? 0) + index));
        const keys = listEntries(room.timeline, room.pendings, me.id).map((entry) => entry.key);
        expect(new Set(keys).size, `nothing twice in round ${round}`).toBe(keys.length);
      }
      room.calmDown();
      expect(seqs(room.timeline), `round ${round}`).toEqual(room.stored.map((one) => one.seq));
      expect(hasGap(room.timeline)).toBe(false);
      expect(listEntries(room.timeline, room.pendings, me.id).filter((entry) => entry.kind === 'pending')).toEqual([]);
    }
  });
});
