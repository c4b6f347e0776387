import type { MongoClient } from 'mongodb';
import { type CommandEvent, Entities } from './entities.js';
import { checkError } from './expectedErrors.js';
import { match, plain, type MatchContext, type Mismatch } from './matching.js';
import { runOperation } from './operations.js';
import { runSpecial } from './testRunnerOperations.js';
import type { CollectionData, ExpectedEvent, Operation, TestCase, TestFile } from './unifiedFormat.js';

/**
 * Runs one case: data, operations, events, outcome.
 * @param admin a client that nothing observes @throws an Error that says what did not match
 */
export async function runCase(uri: string, admin: MongoClient, file: TestFile, test: TestCase): Promise<void> {
  for (const data of file.initialData ?? []) await prepareData(admin, data);
  const entities = new Entities(uri);
  try {
    await entities.create(file.createEntities ?? []);
    const context: MatchContext = { entity: (id) => entities.thing(id), sessionId: (id) => entities.session(id).id };
    for (const operation of test.operations) {
      if (operation.object === 'testRunner') await runSpecial(operation, entities, admin);
      else await checkOperation(operation, entities, context);
    }
    for (const expected of test.expectEvents ?? []) {
      if (expected.eventType !== undefined && expected.eventType !== 'command') throw new Error(`events of type ${expected.eventType} are not known to this runner`);
      checkEvents(expected, entities, context);
    }
  } finally {
    await entities.close();
  }
  for (const data of test.outcome ?? []) await checkOutcome(admin, data);
}

async function prepareData(admin: MongoClient, { databaseName, collectionName, documents, createOptions }: CollectionData): Promise<void> {
  const db = admin.db(databaseName);
  await db.dropCollection(collectionName);
  if (documents.length === 0 || createOptions !== undefined) await db.createCollection(collectionName, createOptions);
  if (documents.length > 0) await db.collection(collectionName).insertMany(documents, { ignoreUndefined: true });
}

async function checkOperation(operation: Operation, entities: Entities, context: MatchContext): Promise<void> {
  let result: unknown;
  try {
    result = await runOperation(operation, entities);
  } catch (error) {
    if (operation.ignoreResultAndError === true) return;
    if (operation.expectError === undefined) throw error;
    refuse(operation, checkError(operation.expectError, error, context));
    return;
  }
  if (operation.ignoreResultAndError === true) return;
  if (operation.expectError !== undefined) throw new Error(`${operation.name} succeeded, and should have failed with ${JSON.stringify(operation.expectError)}`);
  if (operation.expectResult !== undefined) refuse(operation, match(operation.expectResult, plainResult(result), context));
}

/** A missing document is null to the driver and to the format alike. */
function plainResult(result: unknown): unknown {
  return result === null ? null : plain(result);
}

function refuse(operation: Operation, mismatch: Mismatch): void {
  if (mismatch !== undefined) throw new Error(`${operation.name}: ${mismatch}`);
}

function checkEvents(expected: NonNullable<TestCase['expectEvents']>[number], entities: Entities, context: MatchContext): void {
  const events = entities.events(expected.client);
  const seen = events.map(({ kind, event }) => `${kind} ${event.commandName}`).join(', ');
  if (expected.ignoreExtraEvents === true ? events.length < expected.events.length : events.length !== expected.events.length) {
    throw new Error(`expected ${expected.events.length} events, got ${events.length}: ${seen}`);
  }
  for (const [at, wanted] of expected.events.entries()) {
    const [kind] = Object.keys(wanted) as [keyof ExpectedEvent];
    const actual = events[at];
    if (actual?.kind !== kind) throw new Error(`event ${at}: expected ${kind}, got ${seen}`);
    const root = matchEventFields(wanted[kind] ?? {}, eventFields(actual.event), context, at);
    if (root !== undefined) throw new Error(root);
  }
}

/** An event's properties under the format's names. */
function eventFields(event: CommandEvent['event']): Readonly<Record<string, unknown>> {
  const { command, reply, commandName, databaseName } = event as { command?: unknown; reply?: unknown; commandName: string; databaseName?: string };
  return {
    command: plain(command), reply: plain(reply), commandName, databaseName, hasServiceId: event.hasServiceId,
    hasServerConnectionId: typeof event.serverConnectionId === 'bigint' && event.serverConnectionId > 0n,
  };
}

/** A command in an event may have more fields than are named, so each field is matched as a root. */
function matchEventFields(wanted: object, actual: Readonly<Record<string, unknown>>, context: MatchContext, at: number): Mismatch {
  return Object.entries(wanted).map(([name, value]) => match(value, actual[name], context, true, `event ${at}.${name}`)).find((one) => one !== undefined);
}

async function checkOutcome(admin: MongoClient, { databaseName, collectionName, documents }: CollectionData): Promise<void> {
  const found = await admin.db(databaseName).collection(collectionName).find({}, { sort: { _id: 1 } }).toArray();
  if (JSON.stringify(plain(found)) !== JSON.stringify(plain(documents))) {
    throw new Error(`${databaseName}.${collectionName} holds ${JSON.stringify(plain(found))}, and should hold ${JSON.stringify(plain(documents))}`);
  }
}
