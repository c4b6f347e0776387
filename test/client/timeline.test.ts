import { describe, expect, it } from 'vitest';
import { listEntries } from '../../client/chat/entries.js';
import { append, begin, emptyTimeline, hasGap, isBehind, messageAt, prepend, standAround, takeChanges, tell, tellChanged, tellMine, tellNewest, type Timeline } from '../../client/chat/timeline.js';
import type { HistoryView } from '../../shared/contracts/chat.js';
import type { MessageView, MyReactions } from '../../shared/contracts/messages.js';
import { createRandom } from '../support/random.js';

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

/** A message as it is after so many changes. */
function changed(one: MessageView, version: number): MessageView {
  return { ...one, version, text: `${one.text} (${version})` };
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

  it('holds so much and no more, however far up somebody reads, and then stands in a window of the past', () => {
    let timeline = begin(emptyTimeline, newestPage(2_951, 3_000));
    for (let first = 2_951; first > 801; first -= 50) timeline = prepend(timeline, first, newestPage(first - 50, first - 1));
    expect([timeline.messages.length, timeline.messages[0]?.seq, timeline.top, timeline.isLive]).toEqual([2_000, 801, 2_800, false]);
    expect(tell(timeline, [message(3_001)]).latest).toBe(3_001);
    expect(hasGap(tell(timeline, [message(3_001)]))).toBe(false);
    expect(seqs(begin(timeline, newestPage(2_952, 3_001))).at(-1)).toBe(3_001);
  });

  it('starts in an empty room at the first message', () => {
    const begun = begin(emptyTimeline, emptyPage);
    expect(seqs(tell(begun, [message(1)]))).toEqual([1]);
  });

  it('takes the page above it, and leaves one that does not touch it', () => {
    const begun = begin(emptyTimeline, newestPage(41, 60));
    expect(seqs(prepend(begun, 41, newestPage(21, 40))).slice(0, 2)).toEqual([21, 22]);
    expect(seqs(prepend(begun, 21, newestPage(1, 20)))).toEqual(seqs(begun));
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

  it('keeps of two views of a message the newer one, whichever comes first', () => {
    const begun = begin(emptyTimeline, newestPage(1, 3));
    const renewed = tell(begun, [changed(message(2), 2)]);
    expect(tell(renewed, [changed(message(2), 1)])).toBe(renewed);
    expect(messageAt(renewed, 2)?.version).toBe(2);
  });

  it('asks again for changes that came between two pushes, and for those that passed a page by', () => {
    const begun = begin(emptyTimeline, { ...newestPage(2, 3), rev: 4 });
    expect(isBehind(tellChanged(begun, { firstRev: 5, rev: 6 }, []))).toBe(false);
    const gapped = tellChanged(begun, { firstRev: 7, rev: 7 }, []);
    expect([gapped.rev, isBehind(gapped)]).toEqual([4, true]);
    const whole = takeChanges(gapped, 4, { messages: [], mine: [], rev: 7, hasMore: false }, []);
    expect([whole.rev, isBehind(whole)]).toEqual([7, false]);
    const overtaken = prepend(whole, 2, { ...newestPage(1, 1), rev: 5 });
    expect([overtaken.rev, isBehind(overtaken)]).toEqual([5, true]);
  });

  it('stands on a window of the past until newer pages meet the live end', () => {
    const live = begin(emptyTimeline, newestPage(91, 100));
    const past = standAround(live, { ...emptyPage, messages: messages(41, 50), lastSeq: 100, hasMore: true, hasNewer: true });
    expect([seqs(past).length, past.isLive, hasGap(past), past.stretch]).toEqual([10, false, false, live.stretch + 1]);
    const told = tell(past, [message(101)]);
    expect([told.latest, told.ahead, hasGap(told)]).toEqual([101, [], false]);
    const grown = append(told, 50, { ...emptyPage, messages: messages(51, 100), lastSeq: 100 });
    expect([grown.isLive, hasGap(grown)]).toEqual([true, true]);
    expect(seqs(append(grown, 100, { ...emptyPage, messages: messages(101, 101), lastSeq: 101 })).at(-1)).toBe(101);
  });

  it('goes back to the live end from a window', () => {
    const past = standAround(emptyTimeline, { ...emptyPage, messages: messages(1, 10), lastSeq: 90, hasNewer: true });
    expect([past.isLive, seqs(begin(past, newestPage(81, 90))).at(-1)]).toEqual([false, 90]);
  });

  it('knows that a page which names none of my reactions says there are none', () => {
    const one = { messageId: message(1).id, version: 3, emojis: ['👍'] };
    const begun = begin(emptyTimeline, { ...emptyPage, messages: [changed(message(1), 3)], mine: [one], lastSeq: 1 });
    expect(begun.mine.get(one.messageId)?.emojis).toEqual(['👍']);
    const later = append(begun, 1, { ...emptyPage, messages: [changed(message(1), 4)], lastSeq: 1 });
    expect(later.mine.get(one.messageId)?.emojis).toEqual([]);
    expect(tellMine(later, [one])).toBe(later);
  });

  it('learns from joining that something was missed', () => {
    const begun = begin(emptyTimeline, newestPage(1, 3));
    expect(tellNewest(begun, { lastSeq: 3, rev: 0 })).toBe(begun);
    expect(hasGap(tellNewest(begun, { lastSeq: 4, rev: 0 }))).toBe(true);
    expect(isBehind(tellNewest(begun, { lastSeq: 3, rev: 1 }))).toBe(true);
  });

  it("does not take another's message for mine, whatever id it carries", () => {
    const begun = begin(emptyTimeline, newestPage(1, 3));
    const entries = listEntries(begun, [{ clientMessageId: uuid(2) }], me.id);
    expect(entries.at(-1)?.kind).toBe('pending');
  });
});

/**
 * A room that stores and changes, loses pushes, repeats and delays them, and answers everything late; my sends are answered
 * late or never. The reader jumps about in it.
 */
class RoughRoom {
  stored: MessageView[] = [];
  /** The `seq` that was changed under each rev, from 1 on. */
  log: number[] = [];
  mine = new Map<string, MyReactions>();
  pendings: { clientMessageId: string }[] = [];
  timeline = emptyTimeline;
  private readonly mail: (() => void)[] = [];

  constructor(private readonly chance: () => number) {}

  private pick(limit: number): number {
    return Math.floor(this.chance() * limit);
  }

  private take(timeline: Timeline): void {
    this.timeline = timeline;
  }

  private hear(told: readonly MessageView[]): void {
    this.take(tell(this.timeline, told));
    const known = new Set(told.map((one) => one.clientMessageId));
    this.pendings = this.pendings.filter((pending) => !known.has(pending.clientMessageId));
  }

  private page(from: number, to: number, part: Partial<HistoryView> = {}): HistoryView {
    const found = this.stored.slice(Math.max(0, from - 1), to);
    const mine = found.flatMap(({ id }) => this.mine.get(id) ?? []);
    return { messages: found, mine, lastSeq: this.stored.length, rev: this.log.length, hasMore: false, hasNewer: false, ...part };
  }

  private send(letter: () => void): void {
    this.mail.push(letter);
  }

  store(): void {
    const author = this.chance() < 0.4 ? me : other;
    const stored = message(this.stored.length + 1, author);
    this.stored.push(stored);
    if (author === me) {
      this.pendings.push({ clientMessageId: stored.clientMessageId });
      if (this.chance() < 0.7) this.send(() => this.hear([stored]));
    }
    for (let copies = this.pick(3); copies > 0; copies -= 1) this.send(() => this.hear([stored]));
    if (this.chance() < 0.3) {
      const told = this.stored.slice(stored.seq - 1 - this.pick(4), stored.seq);
      this.send(() => this.hear(told));
    }
  }

  change(): void {
    const before = this.stored[this.pick(this.stored.length)];
    if (before === undefined) return;
    const now = changed(before, before.version + 1);
    this.stored[now.seq - 1] = now;
    this.log.push(now.seq);
    const rev = this.log.length;
    if (this.chance() < 0.5) this.reactTo(now);
    if (this.chance() < 0.3) this.send(() => this.hear([now]));
    for (let copies = this.pick(3); copies > 0; copies -= 1) this.send(() => this.take(tellChanged(this.timeline, { firstRev: rev, rev }, [now])));
  }

  private reactTo({ id, version }: MessageView): void {
    const mine = { messageId: id, version, emojis: this.chance() < 0.5 ? ['👍'] : [] };
    if (mine.emojis.length === 0) this.mine.delete(id);
    else this.mine.set(id, mine);
    // My own connections hear of it; one that did not, hears of the change and asks.
    this.send(() => this.take(tellMine(this.timeline, [mine])));
  }

  askHistory(): void {
    const { top, isLive } = this.timeline;
    const now = this.stored.length;
    if (top === null) {
      const page = this.page(now - 9, now, { hasMore: now > 10 });
      this.send(() => this.take(begin(this.timeline, page)));
    } else {
      const to = isLive ? now : Math.min(now, top + 5);
      const page = this.page(top + 1, to, { hasMore: to < now });
      this.send(() => this.take(append(this.timeline, top, page)));
    }
  }

  askChanges(): void {
    const { rev } = this.timeline;
    if (rev === null) return;
    const found = [...new Set(this.log.slice(rev))].flatMap((seq) => this.stored[seq - 1] ?? []);
    const view = { messages: found, mine: found.flatMap(({ id }) => this.mine.get(id) ?? []), rev: this.log.length, hasMore: false };
    this.send(() => this.take(takeChanges(this.timeline, rev, view, view.messages)));
  }

  askOlder(): void {
    const first = this.timeline.messages[0]?.seq;
    if (first === undefined) return;
    const page = this.page(Math.max(1, first - 7), first - 1, { hasMore: first - 7 > 1 });
    this.send(() => this.take(prepend(this.timeline, first, page)));
  }

  jump(): void {
    const [now, seq] = [this.stored.length, 1 + this.pick(this.stored.length)];
    const page = this.page(seq - 4, seq + 4, { hasMore: seq - 4 > 1, hasNewer: seq + 4 < now });
    this.send(() => this.take(standAround(this.timeline, page)));
  }

  goBack(): void {
    const now = this.stored.length;
    const page = this.page(now - 9, now, { hasMore: now > 10 });
    this.send(() => this.take(begin(this.timeline, page)));
  }

  join(): void {
    const newest = { lastSeq: this.stored.length, rev: this.log.length };
    this.send(() => this.take(tellNewest(this.timeline, newest)));
  }

  deliver(): void {
    this.mail.splice(this.pick(this.mail.length), 1)[0]?.();
  }

  step(): void {
    const acts = [
      () => this.store(), () => this.store(), () => this.change(), () => this.change(), () => this.askHistory(), () => this.askChanges(), () => this.askOlder(), () => this.join(),
      () => (this.chance() < 0.2 ? this.jump() : this.deliver()), () => (this.chance() < 0.3 ? this.goBack() : this.deliver()),
      () => this.deliver(), () => this.deliver(), () => this.deliver(),
    ];
    acts[this.pick(acts.length)]?.();
  }

  private deliverAll(): void {
    while (this.mail.length > 0) this.deliver();
  }

  /** What a session does until nothing is missing: it joins anew, then asks as long as the timeline says so. */
  calmDown(): void {
    this.deliverAll();
    this.join();
    this.deliverAll();
    for (let tries = 0; tries < 2_000; tries += 1) {
      const { top, isLive } = this.timeline;
      if (top === null || !isLive || hasGap(this.timeline)) this.askHistory();
      else if (isBehind(this.timeline)) this.askChanges();
      else if (this.timeline.hasOlder) this.askOlder();
      else return;
      this.deliverAll();
    }
    throw new Error('it does not calm down');
  }
}

describe('the timeline in a rough room', () => {
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));

  it(`holds everything once, in order and as it is now, whatever came when (SEED=${seed})`, () => {
    const chance = createRandom(seed).next;
    for (let round = 0; round < 300; round += 1) {
      const room = new RoughRoom(chance);
      for (let step = 0; step < 160; step += 1) {
        room.step();
        const held = seqs(room.timeline);
        expect(held, `gapless in round ${round}`).toEqual(held.map((_, index) => (held[0] ?? 0) + index));
        const keys = listEntries(room.timeline, room.pendings, me.id).map((entry) => entry.key);
        expect(new Set(keys).size, `nothing twice in round ${round}`).toBe(keys.length);
      }
      room.calmDown();
      expect(room.timeline.messages.map(({ seq, version }) => [seq, version]), `round ${round}`).toEqual(room.stored.map(({ seq, version }) => [seq, version]));
      expect(room.timeline.messages).toEqual(room.stored);
      const reactions = room.stored.flatMap(({ id }) => room.timeline.mine.get(id)?.emojis ?? []);
      expect(reactions.length, `my reactions in round ${round}`).toBe(room.mine.size);
      expect(listEntries(room.timeline, [], me.id).filter((entry) => entry.kind === 'pending')).toEqual([]);
    }
  });
});
