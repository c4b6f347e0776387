import {
  BSONRegExp, BSONSymbol, Binary, Code, DBRef, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp, UUID,
  deserialize, serialize,
} from 'bson';
import { StoreFailure } from '../failures.js';

/** A number as it travels and is stored: its BSON type is part of the value, so 1 (int) and 1.0 (double) stay apart. */
export type Numeric = Int32 | Double | Long | Decimal128;

/** Any BSON value. `undefined`, in the signatures that allow it, means that a field is missing. */
export type Value =
  | null | boolean | string | Date | Numeric | ObjectId | Binary | BSONRegExp | Timestamp | Code | BSONSymbol | MinKey | MaxKey
  | Value[] | Doc;

/** An embedded or top-level document. Field order is kept, as far as JavaScript objects keep it (integer-like names come first). */
export interface Doc { [field: string]: Value }

/** BSON's types by the names `$type` uses. */
export type TypeName =
  | 'missing' | 'minKey' | 'null' | 'int' | 'long' | 'double' | 'decimal' | 'string' | 'symbol' | 'object' | 'array' | 'binData'
  | 'objectId' | 'bool' | 'date' | 'timestamp' | 'regex' | 'javascript' | 'maxKey';

const typeByPrototype = new Map<unknown, TypeName>([
  [Object.prototype, 'object'], [Array.prototype, 'array'], [Int32.prototype, 'int'], [Long.prototype, 'long'],
  [Double.prototype, 'double'], [Decimal128.prototype, 'decimal'], [Date.prototype, 'date'], [ObjectId.prototype, 'objectId'],
  [Binary.prototype, 'binData'], [UUID.prototype, 'binData'], [Timestamp.prototype, 'timestamp'], [BSONRegExp.prototype, 'regex'],
  [Code.prototype, 'javascript'], [BSONSymbol.prototype, 'symbol'], [MinKey.prototype, 'minKey'], [MaxKey.prototype, 'maxKey'],
]);

/** The BSON type of a value. Judged by prototype, because a stored document may well have a field called `_bsontype`. */
export function typeName(value: Value | undefined): TypeName {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'undefined': return 'missing';
    case 'string': return 'string';
    case 'boolean': return 'bool';
    default: return typeByPrototype.get(Object.getPrototypeOf(value)) ?? 'object';
  }
}

/** Whether a value is an embedded document (not an array, nor a BSON scalar). */
export function isDoc(value: Value | undefined): value is Doc {
  return typeof value === 'object' && value !== null && typeName(value) === 'object';
}

/** Whether a value is one of the four numeric types. */
export function isNumeric(value: Value | undefined): value is Numeric {
  return value instanceof Int32 || value instanceof Double || value instanceof Long || value instanceof Decimal128;
}

/** A field's own value, or undefined when the document lacks it; inherited names such as `constructor` are not fields. */
export function getField(doc: Doc, name: string): Value | undefined {
  return Object.hasOwn(doc, name) ? doc[name] : undefined;
}

/** Sets a field, keeping its place when it exists; safe for the name `__proto__`, which plain assignment is not. */
export function setField(doc: Doc, name: string, value: Value): void {
  if (name === '__proto__') {
    Object.defineProperty(doc, name, { value, writable: true, enumerable: true, configurable: true });
  } else {
    doc[name] = value;
  }
}

/** MongoDB's limits: 16 MiB for a document, 200 levels of nesting. */
export const maxDocumentBytes = 16 * 1024 * 1024;
const maxDepth = 200;

/** A deep copy; BSON scalars are never changed in place and are shared. */
export function cloneValue<T extends Value>(value: T): T;
export function cloneValue(value: Value): Value {
  if (Array.isArray(value)) return value.map((item) => cloneValue(item));
  if (!isDoc(value)) return value;
  const copy: Doc = {};
  for (const name of Object.keys(value)) setField(copy, name, cloneValue(value[name] as Value));
  return copy;
}

const decodeOptions = { promoteValues: false, promoteBuffers: false, bsonRegExp: true } as const;
const refMarker = Buffer.from('$ref\0');

/**
 * Reads one BSON document with every type kept.
 * @throws FailedToParse (9) for malformed BSON, Overflow (15) for nesting beyond 200 levels
 */
export function decodeDoc(bytes: Uint8Array): Doc {
  let doc: Doc;
  try {
    doc = deserialize(bytes, decodeOptions);
  } catch (error) {
    throw new StoreFailure('FailedToParse', `malformed BSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  // bson turns {$ref, $id} into a DBRef object; to a server it is a document like any other.
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(refMarker) ? (plainRefs(doc) as Doc) : doc;
}

function plainRefs(value: unknown): Value {
  if (value instanceof DBRef) {
    const { $ref, $id, $db, ...rest } = value.toJSON() as unknown as Record<string, unknown>;
    return plainRefs({ $ref, $id, ...($db ? { $db } : {}), ...rest });
  }
  if (Array.isArray(value)) return value.map(plainRefs);
  if (!isDoc(value as Value)) return value as Value;
  const copy: Doc = {};
  for (const [name, field] of Object.entries(value as Doc)) setField(copy, name, plainRefs(field));
  return copy;
}

/**
 * Writes one BSON document.
 * @throws BadValue (2) for a value BSON cannot carry, BSONObjectTooLarge (10334) above `limit` bytes
 */
export function encodeDoc(doc: Doc, limit = maxDocumentBytes): Buffer {
  let bytes: Buffer;
  try {
    bytes = Buffer.from(serialize(doc, { ignoreUndefined: true }));
  } catch (error) {
    throw new StoreFailure('BadValue', error instanceof Error ? error.message : String(error));
  }
  if (bytes.length > limit) {
    throw new StoreFailure('BSONObjectTooLarge', `object to insert too large. size in bytes: ${bytes.length}, max size: ${limit}`);
  }
  return bytes;
}

/**
 * Refuses nesting that recursive code could not follow.
 * @throws Overflow (15) beyond 200 levels
 */
export function checkDepth(value: Value, depth = 1): void {
  if (depth > maxDepth) throw new StoreFailure('Overflow', `cannot nest documents more than ${maxDepth} levels deep`);
  if (Array.isArray(value)) {
    for (const item of value) checkDepth(item, depth + 1);
  } else if (isDoc(value)) {
    for (const name of Object.keys(value)) checkDepth(value[name] as Value, depth + 1);
  }
}
