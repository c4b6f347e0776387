import { Double, Int32, type Long } from 'bson';
import { StoreFailure, notSupported } from '../failures.js';
import { isDoc, isNumeric, type Doc, type Value } from '../values/bson.js';
import { toNumber } from '../values/numbers.js';

/** One index as it stands in the catalog. */
export interface IndexDefinition {
  /** Prefix of its keys; unique in the whole environment, never used again. */
  readonly id: number;
  readonly name: string;
  /** Field path to 1 or -1, in order. */
  readonly key: Doc;
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly partialFilterExpression?: Doc;
  readonly expireAfterSeconds?: number;
  /** Some document has an array on the way; kept once true. */
  multikey: boolean;
  /** False while existing documents are still being entered; writes keep it up, queries do not use it. */
  ready: boolean;
}

/** What a client asks for, before it has an id. */
export type IndexRequest = Omit<IndexDefinition, 'id' | 'multikey' | 'ready'>;

const knownOptions = new Set(['key', 'name', 'unique', 'sparse', 'partialFilterExpression', 'expireAfterSeconds', 'background', 'v', 'ns', 'hidden', 'collation']);

function isTrue(value: Value | undefined): boolean {
  return value === true || (isNumeric(value) && toNumber(value) !== 0);
}

function checkKey(key: Value | undefined): Doc {
  if (!isDoc(key) || Object.keys(key).length === 0) throw new StoreFailure('CannotCreateIndex', 'Index keys cannot be empty.');
  for (const [path, direction] of Object.entries(key)) {
    if (path === '' || path.startsWith('.') || path.endsWith('.') || path.includes('..')) {
      throw new StoreFailure('CannotCreateIndex', `Index keys cannot contain an empty field: '${path}'`);
    }
    if (path.includes('$')) throw notSupported(`an index on '${path}'`);
    if (typeof direction === 'string') throw notSupported(`${direction} indexes`);
    if (!isNumeric(direction) || !Number.isFinite(toNumber(direction)) || toNumber(direction) === 0) {
      throw new StoreFailure('CannotCreateIndex', `Values in the index key pattern must be 1 or -1, not ${String(direction)}`);
    }
  }
  if (Object.keys(key).length > 32) throw new StoreFailure(13103, 'too many compound keys');
  return key;
}

/**
 * Reads one element of createIndexes' `indexes`.
 * @throws CannotCreateIndex (67) for a wrong key or option, CommandNotSupported (115) for a kind of index this store has not
 */
export function parseIndexRequest(spec: Value): IndexRequest {
  if (!isDoc(spec)) throw new StoreFailure('TypeMismatch', 'The elements of the indexes array must be objects');
  for (const option of Object.keys(spec)) {
    if (!knownOptions.has(option)) throw new StoreFailure(197, `The field '${option}' is not valid for an index specification`);
  }
  if (isDoc(spec['collation']) && spec['collation']['locale'] !== 'simple') throw notSupported('a collation on an index');
  if (isTrue(spec['hidden'])) throw notSupported('hidden indexes');
  const key = checkKey(spec['key']);
  const name = spec['name'];
  if (typeof name !== 'string' || name === '') throw new StoreFailure('FailedToParse', `The 'name' field is a required property of an index specification`);
  const partial = spec['partialFilterExpression'];
  if (partial !== undefined && !isDoc(partial)) throw new StoreFailure('TypeMismatch', `The 'partialFilterExpression' option must be an object`);
  if (partial !== undefined && isTrue(spec['sparse'])) throw new StoreFailure('CannotCreateIndex', 'cannot mix "partialFilterExpression" and "sparse" options');
  return {
    name, key,
    unique: isTrue(spec['unique']), sparse: isTrue(spec['sparse']),
    ...(partial === undefined ? {} : { partialFilterExpression: partial }),
    ...parseExpiry(spec['expireAfterSeconds'], key),
  };
}

function parseExpiry(seconds: Value | undefined, key: Doc): { expireAfterSeconds?: number } {
  if (seconds === undefined || seconds === null) return {};
  if (!isNumeric(seconds) || !(toNumber(seconds) >= 0) || toNumber(seconds) > 0x7fffffff) {
    throw new StoreFailure('CannotCreateIndex', `TTL index 'expireAfterSeconds' option must be within an acceptable range, got ${String(seconds)}`);
  }
  if (Object.keys(key).length > 1 || Object.hasOwn(key, '_id')) {
    throw new StoreFailure('CannotCreateIndex', 'TTL indexes are single-field indexes, compound indexes do not support TTL');
  }
  return { expireAfterSeconds: toNumber(seconds) };
}

/** The definition as listIndexes shows it. */
export function viewIndex(index: IndexDefinition): Doc {
  return {
    v: new Int32(2), key: index.key, name: index.name,
    ...(index.unique && index.name !== '_id_' ? { unique: true } : {}),
    ...(index.sparse ? { sparse: true } : {}),
    ...(index.partialFilterExpression === undefined ? {} : { partialFilterExpression: index.partialFilterExpression }),
    ...(index.expireAfterSeconds === undefined ? {} : { expireAfterSeconds: wholeSeconds(index.expireAfterSeconds) }),
  };
}

function wholeSeconds(seconds: number): Int32 | Double | Long {
  return Number.isInteger(seconds) ? new Int32(seconds) : new Double(seconds);
}
