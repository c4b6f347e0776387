import type { FindCursor } from 'mongodb';
import { optionsOf, type Entities } from './entities.js';
import type { JsonObject, Operation } from './unifiedFormat.js';

/**
 * The driver's methods by the format's names: which method, and which arguments stand before the options. Arguments that are
 * missing stand there as undefined.
 */
const methods: Readonly<Record<string, { readonly method?: string; readonly before: readonly string[] }>> = {
  aggregate: { before: ['pipeline'] },
  bulkWrite: { before: ['requests'] },
  clientBulkWrite: { method: 'bulkWrite', before: ['models'] },
  close: { before: [] },
  count: { before: ['filter'] },
  countDocuments: { before: ['filter'] },
  createCollection: { before: ['collection'] },
  createFindCursor: { method: 'find', before: ['filter'] },
  createIndex: { before: ['keys'] },
  deleteMany: { before: ['filter'] },
  deleteOne: { before: ['filter'] },
  distinct: { before: ['fieldName', 'filter'] },
  dropCollection: { before: ['collection'] },
  dropDatabase: { before: [] },
  dropIndex: { before: ['name'] },
  dropIndexes: { before: [] },
  endSession: { before: [] },
  estimatedDocumentCount: { before: [] },
  find: { before: ['filter'] },
  findOne: { before: ['filter'] },
  findOneAndDelete: { before: ['filter'] },
  findOneAndReplace: { before: ['filter', 'replacement'] },
  findOneAndUpdate: { before: ['filter', 'update'] },
  insertMany: { before: ['documents'] },
  insertOne: { before: ['document'] },
  iterateOnce: { method: 'tryNext', before: [] },
  iterateUntilDocumentOrError: { method: 'next', before: [] },
  listCollectionNames: { method: 'listCollections', before: ['filter'] },
  listCollections: { before: ['filter'] },
  listDatabaseNames: { method: 'listDatabases', before: [] },
  listDatabases: { before: [] },
  listIndexNames: { method: 'listIndexes', before: [] },
  listIndexes: { before: [] },
  rename: { before: ['to'] },
  replaceOne: { before: ['filter', 'replacement'] },
  runCommand: { method: 'command', before: ['command'] },
  runCursorCommand: { before: ['command'] },
  createCommandCursor: { method: 'runCursorCommand', before: ['command'] },
  updateMany: { before: ['filter', 'update'] },
  updateOne: { before: ['filter', 'update'] },
};

/** Results that the format names fields of, which the driver gives as getters, as null, or with more. */
const results: Readonly<Record<string, (result: JsonObject) => unknown>> = {
  bulkWrite: (result) => pick(result, ['insertedCount', 'insertedIds', 'matchedCount', 'modifiedCount', 'deletedCount', 'upsertedCount', 'upsertedIds']),
  clientBulkWrite: ({ insertResults, updateResults, deleteResults, ...counts }) => ({ ...counts, insertResults: unmapped(insertResults), updateResults: unmapped(updateResults), deleteResults: unmapped(deleteResults) }),
  listDatabaseNames: ({ databases }) => namesOf(databases),
  listDatabases: ({ databases }) => databases,
  listCollectionNames: namesOf,
  listIndexNames: namesOf,
  insertOne: acknowledged,
  insertMany: acknowledged,
  updateOne: acknowledged,
  updateMany: acknowledged,
  replaceOne: acknowledged,
};

function pick(result: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, result[name]]));
}

function unmapped(byIndex: unknown): unknown {
  return byIndex instanceof Map ? Object.fromEntries(byIndex as Map<number, unknown>) : byIndex;
}

function namesOf(list: unknown): unknown[] {
  return (list as JsonObject[]).map(({ name }) => name);
}

function acknowledged({ acknowledged: was, ...result }: JsonObject): JsonObject {
  if (was === false) return { acknowledged: false };
  const { upsertedId, ...counts } = result;
  return upsertedId === null || upsertedId === undefined ? counts : result;
}

type Method = (...args: readonly unknown[]) => unknown;

/**
 * Carries out one operation.
 * @throws whatever the driver throws; an Error for an operation this runner does not know
 */
export async function runOperation(operation: Operation, entities: Entities): Promise<unknown> {
  const known = methods[operation.name];
  if (known === undefined) throw new Error(`the operation ${operation.name} is not known to this runner`);
  const target = targetOf(operation, entities);
  const { models, ...given } = operation.arguments ?? {};
  const args = Array.isArray(models) ? { ...given, models: models.map(modelOf) } : given;
  const method = Reflect.get(target as object, known.method ?? operation.name) as Method;
  const outcome: unknown = await Reflect.apply(method, target, [...known.before.map((name) => args[name]), optionsIn(args, known.before, entities)]);
  if (operation.saveResultAsEntity !== undefined) entities.save(operation.saveResultAsEntity, outcome);
  if (operation.name === 'createFindCursor' || operation.name === 'createCommandCursor') {
    // The driver sends the command when the first document is asked for; this asks, and leaves it there.
    await (outcome as FindCursor).hasNext();
    return undefined;
  }
  const result = isCursor(outcome) ? await outcome.toArray() : outcome;
  const shape = results[operation.name];
  return shape === undefined || typeof result !== 'object' || result === null ? result : shape(result as JsonObject);
}

/** Databases are listed by a client's administrator, in this driver. */
function targetOf({ name, object }: Operation, entities: Entities): unknown {
  if (!entities.hasClient(object)) return entities.thing(object);
  return name.startsWith('listDatabase') ? entities.client(object).db().admin() : entities.client(object);
}

/** A write of a client's bulk: the driver wants its kind beside its fields. */
function modelOf(model: JsonObject): JsonObject {
  const [name = ''] = Object.keys(model);
  return { name, ...(model[name] as JsonObject) };
}

function isCursor(outcome: unknown): outcome is { toArray(): Promise<unknown[]> } {
  return typeof outcome === 'object' && outcome !== null && 'toArray' in outcome;
}

function optionsIn(args: JsonObject, before: readonly string[], entities: Entities): JsonObject {
  const { session, returnDocument, ...options } = Object.fromEntries(Object.entries(args).filter(([name]) => !before.includes(name)));
  return {
    ...optionsOf(options),
    ...(typeof session === 'string' ? { session: entities.session(session) } : {}),
    // "Before" and "After" in the files, lower case in the driver.
    ...(typeof returnDocument === 'string' ? { returnDocument: returnDocument.toLowerCase() } : {}),
  };
}
