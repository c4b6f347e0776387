import { StoreFailure, notSupported } from '../failures.js';
import { bindLet } from '../expressions/compile.js';
import { systemNames, type Context } from '../expressions/context.js';
import type { Store } from '../store.js';
import { isDoc, isNumeric, typeName, type Doc, type Value } from '../values/bson.js';
import { compareValues } from '../values/compare.js';
import { toNumber } from '../values/numbers.js';
import { collationCompare } from '../query/collation.js';

/** One command as it came: its body, with the documents of kind-1 sections already in their fields. */
export interface Request {
  readonly store: Store;
  readonly db: string;
  readonly body: Doc;
  /** The BSON of documents that came in kind-1 sections, by the document in the body. */
  readonly raws: ReadonlyMap<Doc, Buffer>;
}

/** An answer: a document, or one already written as BSON. */
export type Reply = Doc | Buffer;

/** One command. `fields` are those it takes beside the ones every command does. */
export interface Command {
  readonly fields: readonly string[];
  run(request: Request): Promise<Reply> | Reply;
}

const everyCommand = new Set([
  '$db', 'lsid', '$clusterTime', '$readPreference', 'readConcern', 'writeConcern', 'maxTimeMS', 'comment', 'apiVersion', 'apiStrict', 'apiDeprecationErrors',
  'txnNumber', 'autocommit', 'startTransaction', '$audit', '$client', '$configServerState', 'mayBypassWriteBlocking', 'txnRetryCounter',
]);

/**
 * Refuses what a command does not know or this store cannot honour.
 * @throws 40415 for an unknown field, IllegalOperation (20) for a transaction, BadValue (2) for a write concern a standalone
 * server cannot meet, NotAReplicaSet (123) for a read concern it cannot
 */
export function checkFields(name: string, body: Doc, known: readonly string[]): void {
  for (const field of Object.keys(body)) {
    if (field !== name && !everyCommand.has(field) && !known.includes(field)) throw new StoreFailure(40415, `BSON field '${name}.${field}' is an unknown field.`);
  }
  if (body['txnNumber'] !== undefined || body['startTransaction'] !== undefined || body['autocommit'] !== undefined) {
    throw new StoreFailure('IllegalOperation', 'Transaction numbers are only allowed on a replica set member or mongos');
  }
  const readConcern = body['readConcern'];
  const level = isDoc(readConcern) ? readConcern['level'] : undefined;
  if (level !== undefined && level !== 'local' && level !== 'available' && level !== 'majority') throw new StoreFailure('NotAReplicaSet', `node needs to be a replica set member to use readConcern ${String(level)}`);
  const writeConcern = body['writeConcern'];
  const w = isDoc(writeConcern) ? writeConcern['w'] : undefined;
  if ((isNumeric(w) && toNumber(w) > 1) || (typeof w === 'string' && w !== 'majority')) throw new StoreFailure('BadValue', "cannot use 'w' > 1 when a host is not replicated");
}

function wrongType(field: string, value: Value, wanted: string): StoreFailure {
  return new StoreFailure('TypeMismatch', `BSON field '${field}' is the wrong type '${typeName(value)}', expected type '${wanted}'`);
}

/** A document field, or undefined when absent or null. @throws TypeMismatch (14) */
export function docField(body: Doc, name: string): Doc | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (!isDoc(value)) throw wrongType(name, value, 'object');
  return value;
}

/** An array field, or undefined when absent. @throws TypeMismatch (14) */
export function listField(body: Doc, name: string): Value[] | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw wrongType(name, value, 'array');
  return value;
}

/** A whole number field of at least `least`, or undefined when absent. @throws TypeMismatch (14), BadValue (2) */
export function wholeField(body: Doc, name: string, least: number): number | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (!isNumeric(value)) throw wrongType(name, value, 'number');
  const number = Math.trunc(toNumber(value));
  if (!(number >= least)) throw new StoreFailure('BadValue', `BSON field '${name}' value must be >= ${least}, actual value '${number}'`);
  return number;
}

/** A flag, false when absent; numbers count as their truth. @throws TypeMismatch (14) */
export function flagField(body: Doc, name: string, absent = false): boolean {
  const value = body[name];
  if (value === undefined || value === null) return absent;
  if (typeof value === 'boolean') return value;
  if (isNumeric(value)) return toNumber(value) !== 0;
  throw wrongType(name, value, 'bool');
}

/** The collection a command names. @throws InvalidNamespace (73) */
export function collectionName(body: Doc, field: string): string {
  const value = body[field];
  if (typeof value !== 'string') throw new StoreFailure('InvalidNamespace', `collection name has invalid type ${typeName(value)}`);
  if (value === '' || value.includes('\0') || value.startsWith('.')) throw new StoreFailure('InvalidNamespace', `Invalid namespace specified '${value}'`);
  return value;
}

/**
 * What filters and expressions of a command are judged by: its `let`, its collation, and one instant for `$$NOW`.
 * @throws CommandNotSupported (115) for a collation this store has not
 */
export function contextOf(letVariables: Doc | undefined, collation: Doc | undefined): Context {
  const compare = collation === undefined ? compareValues : collationCompare(collation);
  return bindLet(letVariables, { compare, now: new Date(), variables: undefined, names: systemNames });
}

/** Refuses a field that has no meaning here. @throws CommandNotSupported (115) */
export function refuseFields(body: Doc, names: readonly string[]): void {
  const used = names.find((name) => body[name] !== undefined && body[name] !== false);
  if (used !== undefined) throw notSupported(`the option '${used}'`);
}
