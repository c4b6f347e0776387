import {
  type ClientSession, type Collection, type CommandFailedEvent, type CommandStartedEvent, type CommandSucceededEvent, type Db, MongoClient, ReadConcern, ReadPreference,
} from 'mongodb';
import type { EntitySpec, JsonObject } from './unifiedFormat.js';

/** A monitored command event. */
export type CommandEvent =
  | { readonly kind: 'commandStartedEvent'; readonly event: CommandStartedEvent }
  | { readonly kind: 'commandSucceededEvent'; readonly event: CommandSucceededEvent }
  | { readonly kind: 'commandFailedEvent'; readonly event: CommandFailedEvent };

/** Commands no test expects to see: fail points, and those the format calls sensitive. */
const background = new Set([
  'configureFailPoint', 'authenticate', 'saslStart', 'saslContinue', 'getnonce', 'createUser', 'updateUser', 'copydbgetnonce', 'copydbsaslstart', 'copydb',
]);

interface ObservedClient { readonly client: MongoClient; readonly events: CommandEvent[] }

/** The entities of one test. */
export class Entities {
  readonly #uri: string;
  readonly #clients = new Map<string, ObservedClient>();
  readonly #things = new Map<string, unknown>();

  constructor(uri: string) {
    this.#uri = uri;
  }

  /** Makes the entities of a file, in order. @throws for a kind CRUD tests do not use */
  async create(specs: readonly EntitySpec[]): Promise<void> {
    for (const { client, database, collection, session, ...other } of specs) {
      if (client !== undefined) await this.#createClient(client);
      else if (database !== undefined) this.save(database.id, this.client(database.client).db(database.databaseName, optionsOf(database.databaseOptions)));
      else if (collection !== undefined) this.save(collection.id, this.database(collection.database).collection(collection.collectionName, optionsOf(collection.collectionOptions)));
      else if (session !== undefined) this.save(session.id, this.client(session.client).startSession(session.sessionOptions));
      else throw new Error(`entities of kind ${Object.keys(other).join(', ')} are not known to this runner`);
    }
  }

  async #createClient(spec: NonNullable<EntitySpec['client']>): Promise<void> {
    const client = new MongoClient(withOptions(this.#uri, spec.uriOptions), { monitorCommands: true, ...(spec.serverApi === undefined ? {} : { serverApi: spec.serverApi }) });
    const events: CommandEvent[] = [];
    const observed = new Set(spec.observeEvents);
    const ignored = new Set(spec.ignoreCommandMonitoringEvents);
    const note = (entry: CommandEvent): void => {
      if (observed.has(entry.kind) && !background.has(entry.event.commandName) && !ignored.has(entry.event.commandName)) events.push(entry);
    };
    client.on('commandStarted', (event) => note({ kind: 'commandStartedEvent', event }));
    client.on('commandSucceeded', (event) => note({ kind: 'commandSucceededEvent', event }));
    client.on('commandFailed', (event) => note({ kind: 'commandFailedEvent', event }));
    await client.connect();
    this.#clients.set(spec.id, { client, events });
  }

  /** Keeps a result or thing under a name. */
  save(id: string, thing: unknown): void {
    this.#things.set(id, thing);
  }

  /** A client, by name. */
  client(id: string): MongoClient {
    return this.#observed(id).client;
  }

  /** The events a client has seen. */
  events(id: string): readonly CommandEvent[] {
    return this.#observed(id).events;
  }

  #observed(id: string): ObservedClient {
    const found = this.#clients.get(id);
    if (found === undefined) throw new Error(`there is no client '${id}'`);
    return found;
  }

  /** Whether the name is a client's. */
  hasClient(id: string): boolean {
    return this.#clients.has(id);
  }

  /** Whatever was saved under a name. */
  thing(id: string): unknown {
    if (!this.#things.has(id)) throw new Error(`there is no entity '${id}'`);
    return this.#things.get(id);
  }

  database(id: string): Db {
    return this.thing(id) as Db;
  }

  collection(id: string): Collection {
    return this.thing(id) as Collection;
  }

  session(id: string): ClientSession {
    return this.thing(id) as ClientSession;
  }

  /** Ends sessions and clients. */
  async close(): Promise<void> {
    for (const { client } of this.#clients.values()) await client.close();
  }
}

/** A connection string with further options; they win over those that stand there already. */
function withOptions(uri: string, options: JsonObject = {}): string {
  const [start, query = ''] = uri.split('?');
  const merged = new Map([...new URLSearchParams(query)].map(([name, value]) => [name.toLowerCase(), [name, value]]));
  for (const [name, value] of Object.entries(options)) merged.set(name.toLowerCase(), [name, String(value)]);
  return `${start?.endsWith('/') ? start : `${start}/`}?${new URLSearchParams([...merged.values()] as [string, string][]).toString()}`;
}

/** Options of databases and collections as the driver takes them. */
export function optionsOf(options: JsonObject | undefined): JsonObject {
  if (options === undefined) return {};
  const { readConcern, readPreference, ...rest } = options;
  return {
    ...rest,
    ...(readConcern === undefined ? {} : { readConcern: ReadConcern.fromOptions(readConcern as { level: 'local' }) }),
    ...(readPreference === undefined ? {} : { readPreference: ReadPreference.fromOptions({ readPreference: readPreference as { mode: 'primary' } }) }),
  };
}
