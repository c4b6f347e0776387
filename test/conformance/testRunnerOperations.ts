import type { MongoClient } from 'mongodb';
import type { Entities } from './entities.js';
import { plain } from './matching.js';
import type { EntitySpec, JsonObject, Operation } from './unifiedFormat.js';

type Special = (args: JsonObject, entities: Entities, admin: MongoClient) => Promise<void> | void;

/** The format's operations on "testRunner": things to make, and assertions. */
const specials: Readonly<Record<string, Special>> = {
  createEntities: ({ entities: specs }, entities) => entities.create(specs as readonly EntitySpec[]),
  assertCollectionExists: (args, _entities, admin) => expectCollection(args, admin, true),
  assertCollectionNotExists: (args, _entities, admin) => expectCollection(args, admin, false),
  assertIndexExists: (args, _entities, admin) => expectIndex(args, admin, true),
  assertIndexNotExists: (args, _entities, admin) => expectIndex(args, admin, false),
  assertSameLsidOnLastTwoCommands: ({ client }, entities) => expectSameSession(entities, String(client), true),
  assertDifferentLsidOnLastTwoCommands: ({ client }, entities) => expectSameSession(entities, String(client), false),
  assertSessionDirty: ({ session }, entities) => expectDirty(entities, String(session), true),
  assertSessionNotDirty: ({ session }, entities) => expectDirty(entities, String(session), false),
};

/** Carries out an operation on "testRunner". @throws an Error when what it asserts is not so, or when it is not known here */
export async function runSpecial({ name, arguments: args }: Operation, entities: Entities, admin: MongoClient): Promise<void> {
  const special = specials[name];
  if (special === undefined) throw new Error(`the operation ${name} of the test runner is not known to this runner`);
  await special(args ?? {}, entities, admin);
}

async function expectCollection({ databaseName, collectionName }: JsonObject, admin: MongoClient, wanted: boolean): Promise<void> {
  const found = await admin.db(String(databaseName)).listCollections({ name: String(collectionName) }).toArray();
  if (found.length > 0 !== wanted) throw new Error(`the collection ${String(collectionName)} ${wanted ? 'is missing' : 'is there'}`);
}

async function expectIndex({ databaseName, collectionName, indexName }: JsonObject, admin: MongoClient, wanted: boolean): Promise<void> {
  const indexes = await admin.db(String(databaseName)).collection(String(collectionName)).indexes();
  if (indexes.some(({ name }) => name === indexName) !== wanted) throw new Error(`the index ${String(indexName)} ${wanted ? 'is missing' : 'is there'}`);
}

function expectSameSession(entities: Entities, client: string, wanted: boolean): void {
  const last = entities.events(client).filter(({ kind }) => kind === 'commandStartedEvent').slice(-2);
  const [first, second] = last.map(({ event }) => ('command' in event ? JSON.stringify(plain(event.command['lsid'])) : undefined));
  if (first === undefined || second === undefined) throw new Error(`client ${client} has not sent two commands in sessions`);
  if ((first === second) !== wanted) throw new Error(`the last two commands were sent in ${wanted ? 'different sessions' : 'one session'}`);
}

function expectDirty(entities: Entities, session: string, wanted: boolean): void {
  if (entities.session(session).serverSession.isDirty !== wanted) throw new Error(`the session ${session} is ${wanted ? 'not dirty' : 'dirty'}`);
}
