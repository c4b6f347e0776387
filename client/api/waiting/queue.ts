/**
 * What waits to be told to the server, kept in this browser until the server has it: closing the tab loses none of it. All
 * tabs of a member share one queue; only one of them at a time tells what waits in a lane, in the order it was added. What
 * is told must be harmless to tell again: a tab may be closed between the server's answer and its being written down.
 */
import { z } from 'zod';
import { AppError } from '../../../shared/failures.js';
import { alone } from './alone.js';
import { connection } from '../connection.js';
import { isSessionFailure, OfflineError, readFailure } from '../problems.js';
import { onSignOut, session } from '../session.js';
import { onConnected } from '../socket.js';
import { createStore, type Store } from '../store.js';
import { tellCount, type WaitingUnit } from './counts.js';
import { shelf } from './shelf.js';

/** Something that waits. It stays the same object until something about it changes. */
export interface Waiting<T> {
  readonly id: string;
  readonly item: T;
  /** Why it is not on its way: the server refused it, or too much waits already (`OfflineError`). Null while it is. */
  readonly refusal: AppError | OfflineError | null;
}

export interface QueueOptions<T> {
  /** Names it in the browser's storage. */
  name: string;
  /** As what it is counted. */
  unit: WaitingUnit;
  schema: z.ZodType<T>;
  /** What is in one lane goes one after the other. */
  laneOf(item: T): string;
  /**
   * Whether what is refused is kept, until its author has it tried again or gives it up, in whichever tab. Otherwise it is
   * let go, lest it come true when something else is wanted; the tabs that are open show it until it is put anew.
   */
  keepsRefused: boolean;
  /** Tells the server. @throws AppError - it is refused. @throws OfflineError - it stays, and is told at the next connection. */
  deliver(item: T): Promise<void>;
}

/** Something that waits, as it is kept: each under a key of its own, so that no tab overwrites what another has added. */
interface Kept<T> extends Waiting<T> {
  /** What it is ordered by. */
  readonly at: number;
  readonly text: string;
}

/** The text something is kept as. `failure` is why it was refused. */
const KeptText = z.object({ at: z.number(), item: z.unknown(), failure: z.unknown().optional() });

/** What tabs tell each other of something that was refused and let go. */
const Loss = z.object({ memberId: z.string(), id: z.string(), text: z.string(), failure: z.unknown() });

/** So much waits in one queue, and no more. */
const waitingMax = 200;

export class Queue<T> {
  private readonly kept: Store<readonly Kept<T>[]> = createStore<readonly Kept<T>[]>([]);
  /** All that waits for this member, in the order it was added. */
  readonly waiting: Pick<Store<readonly Waiting<T>[]>, 'get' | 'subscribe'> = this.kept;
  /** What was let go when it was refused, under its id. */
  private readonly lost = new Map<string, Kept<T>>();
  private readonly tabs: BroadcastChannel;
  private memberId: string | null = null;

  /** Takes up what this browser kept for whoever is signed in, and follows who that is. */
  constructor(private readonly options: QueueOptions<T>) {
    this.tabs = new BroadcastChannel(`guildhall.${options.name}`);
    this.tabs.addEventListener('message', ({ data }: MessageEvent<unknown>) => this.hearLoss(data));
    session.subscribe(() => this.followSession());
    this.followSession();
    onConnected(() => this.deliverAll());
    addEventListener('storage', ({ key }) => {
      if (key !== null && (this.memberId === null || !key.startsWith(this.keyOf(this.memberId, '')))) return;
      this.refresh();
      this.deliverAll();
    });
    onSignOut((memberId) => {
      for (const key of shelf.keysFrom(this.keyOf(memberId, ''))) shelf.remove(key);
      this.refresh();
    });
  }

  /** Adds something, or puts it in the place of what waits under the same id. False where too much waits already. */
  add(id: string, item: T): boolean {
    const now = this.kept.get();
    if (this.memberId === null) return false;
    // Even where the clock was set back, what is added later comes later.
    const at = Math.max(Date.now(), (now.at(-1)?.at ?? 0) + 1);
    const text = JSON.stringify({ at, item });
    const hasRoom = now.length < waitingMax || now.some((one) => one.id === id);
    if (hasRoom) {
      shelf.put(this.keyOf(this.memberId, id), text);
      this.refresh();
      this.deliverAll();
    } else if (!this.options.keepsRefused) this.lose({ id, item, at, text, refusal: new OfflineError() });
    return hasRoom;
  }

  /** Tries again what was refused. */
  again(id: string): void {
    const refused = this.kept.get().find((one) => one.id === id && one.refusal !== null);
    if (this.memberId === null || refused === undefined) return;
    shelf.put(this.keyOf(this.memberId, id), textOf(refused));
    this.refresh();
    this.deliverAll();
  }

  /** Gives something up. */
  drop(id: string): void {
    this.lost.delete(id);
    if (this.memberId !== null) shelf.remove(this.keyOf(this.memberId, id));
    this.refresh();
  }

  private keyOf(memberId: string, id: string): string {
    return `guildhall.${this.options.name}.${memberId}.${id}`;
  }

  private followSession(): void {
    const next = session.get().me?.id ?? null;
    if (next === this.memberId) return;
    this.memberId = next;
    this.lost.clear();
    this.refresh();
    this.deliverAll();
  }

  /** Looks at what is kept: other tabs add to it and take from it. */
  private refresh(): void {
    const prefix = this.memberId === null ? null : this.keyOf(this.memberId, '');
    const now = prefix === null ? [] : shelf.keysFrom(prefix).flatMap((key) => this.readOne(key, key.slice(prefix.length)));
    // Wanted anew, in whichever tab.
    for (const { id } of now) this.lost.delete(id);
    now.push(...this.lost.values());
    now.sort((one, other) => one.at - other.at);
    const before = this.kept.get();
    if (now.length !== before.length || now.some((one, place) => one !== before[place])) this.kept.set(now);
    tellCount(this.options.name, this.options.unit, now.filter(({ refusal }) => refusal === null).length, prefix === null || shelf.isLasting(prefix));
  }

  /** Shows as refused what is kept no more. */
  private lose(one: Kept<T>): void {
    this.lost.set(one.id, one);
    this.refresh();
  }

  /** Another tab was refused something that may have been wanted in this one. */
  private hearLoss(told: unknown): void {
    const loss = Loss.safeParse(told);
    if (!loss.success || loss.data.memberId !== this.memberId) return;
    const { id, text, failure } = loss.data;
    const read = this.readText(text);
    if (read !== null) this.lose({ id, text, ...read, refusal: readFailure(failure) });
  }

  private readText(text: string): Pick<Kept<T>, 'at' | 'item' | 'refusal'> | null {
    const kept = KeptText.extend({ item: this.options.schema }).safeParse(parse(text)).data;
    return kept === undefined ? null : { at: kept.at, item: kept.item, refusal: kept.failure === undefined ? null : readFailure(kept.failure) };
  }

  private readOne(key: string, id: string): Kept<T>[] {
    const text = shelf.get(key);
    if (text === null) return [];
    const known = this.kept.get().find((one) => one.id === id);
    // One that was let go has the text it waited with.
    if (known?.text === text && !this.lost.has(id)) return [known];
    const read = this.readText(text);
    if (read !== null) return [{ id, text, ...read }];
    // Kept by another version of this page, which knows it no more.
    shelf.remove(key);
    return [];
  }

  private deliverAll(): void {
    // The next connection begins anew.
    if (connection.get().state === 'offline') return;
    const lanes = this.kept.get().filter(({ refusal }) => refusal === null).map(({ item }) => this.options.laneOf(item));
    for (const lane of new Set(lanes)) void this.deliverLane(lane);
  }

  private deliverLane(lane: string): Promise<void> {
    const { memberId } = this;
    if (memberId === null) return Promise.resolve();
    return alone(this.keyOf(memberId, lane), async () => {
      for (;;) {
        // Another tab may have told it while this one waited for its turn.
        this.refresh();
        const next = this.kept.get().find(({ item, refusal }) => refusal === null && this.options.laneOf(item) === lane);
        if (memberId !== this.memberId || next === undefined || !(await this.deliverOne(memberId, next))) return;
      }
    });
  }

  /** Answers whether there is a point in telling the next one. */
  private async deliverOne(memberId: string, one: Kept<T>): Promise<boolean> {
    let refusal: AppError | null = null;
    try {
      await this.options.deliver(one.item);
    } catch (error) {
      // Of what nobody is signed in for any longer nothing was judged.
      if (!(error instanceof AppError) || isSessionFailure(error)) return false;
      refusal = error;
    }
    const key = this.keyOf(memberId, one.id);
    // Put anew in the meantime, it waits still.
    if (shelf.get(key) === one.text) this.putAway(key, { ...one, refusal });
    this.refresh();
    return true;
  }

  /** What was told waits no longer: it is done, or refused. */
  private putAway(key: string, one: Kept<T>): void {
    const { id, text, refusal } = one;
    if (refusal instanceof AppError && this.options.keepsRefused) {
      shelf.put(key, textOf(one, refusal));
      return;
    }
    shelf.remove(key);
    if (!(refusal instanceof AppError) || this.memberId === null || key !== this.keyOf(this.memberId, id)) return;
    this.lose(one);
    this.tabs.postMessage({ memberId: this.memberId, id, text, failure: refusal.failure } satisfies z.infer<typeof Loss>);
  }
}

function textOf<T>({ at, item }: Kept<T>, refusal?: AppError): string {
  return JSON.stringify({ at, item, failure: refusal?.failure } satisfies z.infer<typeof KeptText>);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
