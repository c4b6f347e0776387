/** A set of changes that will be written together, or not at all. */
import type { Database } from 'lmdb';
import { indexedFields, type Kind, type Kinds } from './kinds.js';

/** What waits for a moment: a session to expire, an event to deliver, something old to forget. */
export type Lane =
  | 'advance_clock' | 'advance_invoice' | 'advance_schedule' | 'bill_subscription' | 'delete_clock' | 'deliver'
  | 'expire_session' | 'forget_event' | 'forget_portal_session' | 'forget_reply'
  | 'lose_dispute' | 'open_dispute' | 'settle_debit' | 'settle_refund';

/** One waiting thing; `at` is in milliseconds since the epoch, `attempt` counts from 0. */
export interface Appointment {
  lane: Lane;
  at: number;
  id: string;
  attempt: number;
}

/** An object with its place in the order of creation. */
export interface Entry<T = Kinds[Kind]> {
  place: number;
  object: T;
}

/** The kept answer to a request that carried an idempotency key. */
export interface Reply {
  /** Digest of method, path and parameters. */
  fingerprint: string;
  path: string;
  status: number;
  /** The body exactly as it was sent. */
  body: string;
  requestId: string;
  /** Milliseconds since the epoch. */
  madeAt: number;
}

/** The tables of the LMDB file. */
export interface Tables {
  entries: Database<Entry, [string, string]>;
  index: Database<string, [string, string, string, number]>;
  agenda: Database<number, [string, number, string]>;
  replies: Database<Reply, string>;
  settings: Database<string, string>;
}

/** What a draft reads from the store beneath it. */
export interface Beneath {
  entry<K extends Kind>(kind: K, id: string): Entry<Kinds[K]> | undefined;
  walk<K extends Kind>(kind: K, walk: { where?: { field: string; value: string } }): Iterable<Kinds[K]>;
}

/** Collects changes; reads through to the store, and sees its own changes first. */
export class Draft {
  private readonly changes = new Map<string, { kind: Kind; id: string; before?: Entry; after?: Entry }>();
  private readonly others: ((tables: Tables) => void)[] = [];

  /** @param lastPlace - the highest place given so far. */
  constructor(
    private readonly beneath: Beneath,
    public lastPlace: number,
  ) {}

  /** Whether there is nothing to write. */
  get isEmpty(): boolean {
    return this.changes.size === 0 && this.others.length === 0;
  }

  /** The object as this draft would leave it. */
  get<K extends Kind>(kind: K, id: string): Kinds[K] | undefined {
    const change = this.changes.get(`${kind} ${id}`);
    // The map holds entries of all kinds; the kind is part of the key.
    if (change) return change.after?.object as Kinds[K] | undefined;
    return this.beneath.entry(kind, id)?.object;
  }

  /** The objects whose field has a value, newest first, as this draft would leave them. */
  *walk<K extends Kind>(kind: K, { where }: { where: { field: keyof Kinds[K] & string; value: string } }): Generator<Kinds[K]> {
    const fits = (object: Kinds[K] | undefined): object is Kinds[K] => object?.[where.field] === where.value;
    const mine = [...this.changes.values()].filter((change) => change.kind === kind);
    const fresh = mine.filter(({ before }) => !before).map(({ id }) => this.get(kind, id));
    yield* fresh.reverse().filter(fits);
    const known = [...this.beneath.walk(kind, { where })].map(({ id }) => this.get(kind, id));
    yield* known.filter(fits);
  }

  /** A draft upon this draft, to try something out in: what is done there leaves no trace here. */
  fork(): Draft {
    const entry = <K extends Kind>(kind: K, id: string): Entry<Kinds[K]> | undefined => {
      const object = this.get(kind, id);
      return object && { place: 0, object };
    };
    const walk: Beneath['walk'] = (kind, { where }) => (where ? this.walk(kind, { where: where as never }) : []);
    return new Draft({ entry, walk }, this.lastPlace);
  }

  /** Stores the object under its id, new or changed, and returns it. */
  put<K extends Kind>(kind: K, object: Kinds[K]): Kinds[K] {
    const key = `${kind} ${object.id}`;
    const change = this.changes.get(key) ?? { kind, id: object.id, before: this.beneath.entry(kind, object.id) };
    const place = change.after?.place ?? change.before?.place ?? ++this.lastPlace;
    this.changes.set(key, { ...change, after: { place, object } });
    return object;
  }

  /** Takes the object away. */
  remove(kind: Kind, id: string): void {
    this.changes.set(`${kind} ${id}`, { kind, id, before: this.beneath.entry(kind, id) });
  }

  /** Makes an appointment; see `Reader.due`. */
  schedule({ lane, at, id, attempt }: Appointment): void {
    this.others.push(({ agenda }) => void agenda.put([lane, at, id], attempt));
  }

  /** Takes an appointment off the agenda. */
  unschedule({ lane, at, id }: Omit<Appointment, 'attempt'>): void {
    this.others.push(({ agenda }) => void agenda.remove([lane, at, id]));
  }

  /** Keeps the answer to an idempotency key. */
  keepReply(key: string, reply: Reply): void {
    this.others.push(({ replies }) => void replies.put(key, reply));
  }

  /** Forgets the answer to an idempotency key. */
  dropReply(key: string): void {
    this.others.push(({ replies }) => void replies.remove(key));
  }

  /** Keeps a setting of the sandbox itself. */
  set(name: string, value: string): void {
    this.others.push(({ settings }) => void settings.put(name, value));
  }

  /** Puts all changes into the open batch, with the index entries that follow from them. */
  writeTo(tables: Tables): void {
    for (const { kind, id, before, after } of this.changes.values()) {
      if (after) void tables.entries.put([kind, id], after);
      else void tables.entries.remove([kind, id]);
      const [stale, fresh] = [indexKeys(kind, before), indexKeys(kind, after)];
      for (const [text, key] of stale) if (!fresh.has(text)) void tables.index.remove(key);
      for (const [text, key] of fresh) if (!stale.has(text)) void tables.index.put(key, id);
    }
    for (const write of this.others) write(tables);
  }
}

function indexKeys(kind: Kind, entry: Entry | undefined): Map<string, [string, string, string, number]> {
  const keys = new Map<string, [string, string, string, number]>();
  if (!entry) return keys;
  const fields: readonly string[] = indexedFields[kind];
  const values = new Map<string, unknown>(Object.entries(entry.object));
  keys.set('', [kind, '', '', entry.place]);
  for (const field of fields) {
    const value = values.get(field);
    if (typeof value === 'string') keys.set(`${field} ${value}`, [kind, field, value, entry.place]);
  }
  return keys;
}
