/** The sandbox's memory: an LMDB file in which every answered write is already on disk. */
import { open, type RootDatabase } from 'lmdb';
import { Draft, type Appointment, type Entry, type Lane, type Reply, type Tables } from './draft.js';
import type { Kind, Kinds } from './kinds.js';

/** How to walk a kind: newest first, or oldest first, from an object or from the end. */
export interface Walk {
  /** A field from `indexedFields` and the value it must have. */
  where?: { field: string; value: string };
  /** Start after (newest first) or before (oldest first) this object's place. */
  from?: number;
  oldestFirst?: boolean;
}

/** What anybody may read. Reads are synchronous and see what has been committed. */
export interface Reader {
  get<K extends Kind>(kind: K, id: string): Kinds[K] | undefined;
  /** The object's place in the order of creation within the whole store. */
  placeOf(kind: Kind, id: string): number | undefined;
  walk<K extends Kind>(kind: K, walk: Walk): Iterable<Kinds[K]>;
  /** The kept answer to an idempotency key. */
  reply(idempotencyKey: string): Reply | undefined;
  /** Waiting things of one lane which are due by `until` (milliseconds), soonest first. */
  due(lane: Lane, until: number): Iterable<Appointment>;
  /** When the first waiting thing of a lane is due (milliseconds). */
  nextDue(lane: Lane): number | undefined;
  setting(name: string): string | undefined;
}

/** The store: reads at any time, writes one after another, each whole or not at all. */
export interface Store extends Reader {
  /**
   * Runs `work` on a draft and writes all it drafted in one durable transaction.
   * The promise settles only after the disk has it. If `work` throws, nothing is written.
   */
  write<T>(work: (draft: Draft) => T): Promise<T>;
  /** Waits for the last write and closes the file. */
  close(): Promise<void>;
}

const placeSetting = 'lastPlace';

/** Opens (or makes) the store in `folder`. */
export function openStore(folder: string): Store {
  // Without overlapping sync a batch's promise means "flushed", not merely "visible".
  const root: RootDatabase = open({ path: folder, noSubdir: false, overlappingSync: false, maxDbs: 8 });
  const tables: Tables = {
    entries: root.openDB({ name: 'objects' }),
    index: root.openDB({ name: 'index' }),
    agenda: root.openDB({ name: 'agenda' }),
    replies: root.openDB({ name: 'replies' }),
    settings: root.openDB({ name: 'settings' }),
  };
  const reader = createReader(tables);
  return { ...reader, ...createWriter(root, tables, reader) };
}

function createReader(tables: Tables): Reader {
  function* due(lane: Lane, until: number): Generator<Appointment> {
    for (const { key, value } of tables.agenda.getRange({ start: [lane, 0, ''], end: [lane, until + 1, ''] }))
      yield { lane, at: key[1], id: key[2], attempt: value };
  }
  return {
    get: (kind, id) => readEntry(tables, kind, id)?.object,
    placeOf: (kind, id) => readEntry(tables, kind, id)?.place,
    walk: (kind, walk) => walkEntries(tables, kind, walk),
    reply: (key) => tables.replies.get(key),
    due,
    nextDue(lane) {
      for (const appointment of due(lane, Number.MAX_SAFE_INTEGER - 1)) return appointment.at;
      return undefined;
    },
    setting: (name) => tables.settings.get(name),
  };
}

function createWriter(root: RootDatabase, tables: Tables, reader: Reader): Pick<Store, 'close' | 'write'> {
  const beneath = { entry: <K extends Kind>(kind: K, id: string) => readEntry(tables, kind, id), walk: reader.walk };
  let tail: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | undefined;

  async function commit<T>(work: (draft: Draft) => T): Promise<T> {
    const draft = new Draft(beneath, Number(reader.setting(placeSetting) ?? 0));
    const result = work(draft);
    if (draft.isEmpty) return result;
    await root.batch(() => {
      draft.writeTo(tables);
      void tables.settings.put(placeSetting, String(draft.lastPlace));
    });
    return result;
  }
  return {
    write(work) {
      // One at a time: a draft reads what the draft before it has made durable.
      const result = tail.then(() => commit(work));
      tail = result.catch(() => undefined);
      return result;
    },
    close: () => (closing ??= tail.then(() => root.close())),
  };
}

function readEntry<K extends Kind>(tables: Tables, kind: K, id: string): Entry<Kinds[K]> | undefined {
  // LMDB limits the length of keys; what is no id names nothing. The key says the kind of what is found.
  return /^\w{1,255}$/.test(id) ? (tables.entries.get([kind, id]) as Entry<Kinds[K]> | undefined) : undefined;
}

function* walkEntries<K extends Kind>(tables: Tables, kind: K, { where, from, oldestFirst = false }: Walk): Generator<Kinds[K]> {
  const prefix = [kind, where?.field ?? '', where?.value ?? ''] as const;
  const first = oldestFirst ? (from ?? 0) + 1 : (from ?? Number.MAX_SAFE_INTEGER) - 1;
  const range = tables.index.getRange({
    start: [...prefix, first],
    end: [...prefix, oldestFirst ? Number.MAX_SAFE_INTEGER : -1],
    reverse: !oldestFirst,
  });
  for (const { value: id } of range) {
    const entry = readEntry(tables, kind, id);
    if (entry) yield entry.object;
  }
}
