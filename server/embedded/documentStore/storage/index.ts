import { StoreFailure } from '../failures.js';
import { compileFilter, type Predicate } from '../query/filter.js';
import { isNumeric, setField, type Doc, type Value } from '../values/bson.js';
import { encodeBound, encodeKey, maxKeyBytes } from '../values/keyEncoding.js';
import { toNumber } from '../values/numbers.js';
import { splitPath, valuesAt, type Path } from '../values/paths.js';
import type { IndexDefinition } from './indexDefinition.js';
import { keyRows, type KeyRow } from './keyRows.js';

/** Bytes above every encoded value that follows them in a key. */
export const above = Buffer.from([0xff]);

const prefixBytes = 4;

/** Bytes of the longest entry key of a unique index. */
export const longestEntryKey = prefixBytes + maxKeyBytes;

/** A 4-byte number that starts each key of its owner. */
export function prefixOf(id: number): Buffer {
  const prefix = Buffer.allocUnsafe(prefixBytes);
  prefix.writeUInt32BE(id);
  return prefix;
}

/** A record id as eight bytes, in order. */
export function recordBytes(record: number): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeUInt32BE(Math.floor(record / 2 ** 32), 0);
  bytes.writeUInt32BE(record % 2 ** 32, 4);
  return bytes;
}

/** The record id in the last eight bytes. */
export function recordOf(bytes: Buffer): number {
  return bytes.readUInt32BE(bytes.length - 8) * 2 ** 32 + bytes.readUInt32BE(bytes.length - 4);
}

/** An index: which keys a document has in it. Entries of a unique one are key -> record, of others key + record -> nothing. */
export class Index {
  readonly definition: IndexDefinition;
  readonly prefix: Buffer;
  readonly fields: readonly string[];
  readonly paths: readonly Path[];
  readonly descending: readonly boolean[];
  readonly #covers: Predicate | undefined;

  constructor(definition: IndexDefinition) {
    this.definition = definition;
    this.prefix = prefixOf(definition.id);
    this.fields = Object.keys(definition.key);
    this.paths = this.fields.map(splitPath);
    this.descending = Object.values(definition.key).map((direction) => isNumeric(direction) && toNumber(direction) < 0);
    this.#covers = definition.partialFilterExpression === undefined ? undefined : compileFilter(definition.partialFilterExpression);
  }

  /**
   * The encoded keys of a document, without prefix and record; none when a sparse or partial index leaves it out.
   * @throws CannotIndexParallelArrays (171), KeyTooLong (17280)
   */
  keysOf(doc: Doc): { keys: Buffer[]; multikey: boolean } {
    if (this.#covers !== undefined && !this.#covers(doc)) return { keys: [], multikey: false };
    if (this.definition.sparse && this.paths.every((path) => valuesAt(doc, path).every((value) => value === undefined))) {
      return { keys: [], multikey: false };
    }
    const { rows, multikey } = keyRows(doc, this.paths);
    if (rows.length === 1) return { keys: [encodeKey(rows[0] as KeyRow, this.descending)], multikey };
    const distinct = new Map<string, Buffer>();
    for (const row of rows) {
      const key = encodeKey(row, this.descending);
      distinct.set(key.toString('latin1'), key);
    }
    return { keys: [...distinct.values()], multikey };
  }

  /** The bytes at which keys with these leading values start. */
  bound(values: readonly (Value | undefined)[]): Buffer {
    return Buffer.concat([this.prefix, encodeBound(values, this.descending)]);
  }

  /** The full entry key of one document's key. */
  entryKey(key: Buffer, record: number): Buffer {
    return this.definition.unique ? Buffer.concat([this.prefix, key]) : Buffer.concat([this.prefix, key, recordBytes(record)]);
  }

  /** The refusal of a second document under one key. */
  duplicate(namespace: string, doc: Doc): StoreFailure {
    const keyValue: Doc = {};
    for (const [at, path] of this.paths.entries()) setField(keyValue, this.fields[at] as string, valuesAt(doc, path)[0] ?? null);
    const shown = Object.entries(keyValue).map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(', ');
    return new StoreFailure(
      'DuplicateKey',
      `E11000 duplicate key error collection: ${namespace} index: ${this.definition.name} dup key: { ${shown} }`,
      { keyPattern: this.definition.key, keyValue },
    );
  }
}
