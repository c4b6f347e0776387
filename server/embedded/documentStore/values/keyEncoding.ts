import { Binary, BSONRegExp, BSONSymbol, Code, Decimal128, Double, Long, ObjectId, Timestamp } from 'bson';
import { StoreFailure } from '../failures.js';
import { isDoc, isNumeric, typeName, type Numeric, type Value } from './bson.js';
import { binaryBytes, compareValues, typeRank } from './compare.js';
import { trimExact, type Exact } from './decimal.js';
import { toExact, toNumber } from './numbers.js';


/**
 * Index keys: each value becomes bytes whose order is BSON's (`compareValues`), and no encoding is a prefix of another, so that
 * encodings can simply be put one after the other. A descending field is the complement of its bytes.
 */

/** LMDB's limit for one key at 4 KiB pages. */
export const maxEntryBytes = 1978;

/** The most the values of a key may take: the index id and the record id stand around them. */
export const maxKeyBytes = maxEntryBytes - 16;

/** Appends encodings to a growing buffer. */
class KeyWriter {
  #bytes = Buffer.allocUnsafe(256);
  length = 0;

  reserve(count: number): Buffer {
    if (this.length + count > this.#bytes.length) {
      const grown = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.length + count));
      this.#bytes.copy(grown, 0, 0, this.length);
      this.#bytes = grown;
    }
    return this.#bytes;
  }

  byte(value: number): void {
    this.reserve(1)[this.length] = value;
    this.length += 1;
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length).set(bytes, this.length);
    this.length += bytes.length;
  }

  uint32(value: number): void {
    this.reserve(4).writeUInt32BE(value >>> 0, this.length);
    this.length += 4;
  }

  uint64(value: bigint): void {
    this.reserve(8).writeBigUInt64BE(BigInt.asUintN(64, value), this.length);
    this.length += 8;
  }

  /** Text with its end marked: 0x00 0x01 ends it, and a zero byte inside is written 0x00 0xff. */
  text(value: string): void {
    const bytes = Buffer.from(value, 'utf8');
    for (let from = 0; from <= bytes.length; ) {
      const zero = bytes.indexOf(0, from);
      this.raw(bytes.subarray(from, zero === -1 ? bytes.length : zero));
      this.byte(0);
      this.byte(zero === -1 ? 1 : 0xff);
      if (zero === -1) return;
      from = zero + 1;
    }
  }

  complement(from: number): void {
    const bytes = this.reserve(0);
    for (let at = from; at < this.length; at += 1) bytes[at] = ~(bytes[at] as number) & 0xff;
  }

  take(): Buffer {
    return Buffer.from(this.#bytes.subarray(0, this.length));
  }
}

/**
 * The key of one document's values in an index.
 * @param values one per field of the index; a missing field is given as null, an empty array as undefined
 * @param descending whether the field at each place runs downwards
 * @throws KeyTooLong (17280) above LMDB's limit
 */
export function encodeKey(values: readonly (Value | undefined)[], descending: readonly boolean[]): Buffer {
  const writer = new KeyWriter();
  for (const [at, value] of values.entries()) {
    const from = writer.length;
    writeValue(writer, value);
    if (descending[at] === true) writer.complement(from);
  }
  if (writer.length > maxKeyBytes) {
    throw new StoreFailure('KeyTooLong', `an index key of ${writer.length} bytes is longer than the ${maxKeyBytes} this store can hold`);
  }
  return writer.take();
}

/** Like `encodeKey`, for a bound of a scan: never refused, because a bound longer than any key still compares rightly when it is cut (as `readRange` does). */
export function encodeBound(values: readonly (Value | undefined)[], descending: readonly boolean[]): Buffer {
  const writer = new KeyWriter();
  for (const [at, value] of values.entries()) {
    const from = writer.length;
    writeValue(writer, value);
    if (descending[at] === true) writer.complement(from);
  }
  return writer.take();
}

function writeValue(writer: KeyWriter, value: Value | undefined): void {
  writer.byte(typeRank[typeName(value)]);
  writeBody(writer, value);
}

function writeBody(writer: KeyWriter, value: Value | undefined): void {
  if (typeof value === 'string') writer.text(value);
  else if (typeof value === 'boolean') writer.byte(value ? 1 : 0);
  else if (value === null || value === undefined) return;
  else if (isNumeric(value)) writeNumber(writer, value);
  else if (value instanceof ObjectId) writer.raw(value.id);
  else if (value instanceof Date) writer.uint64(BigInt(Number.isNaN(value.getTime()) ? 0 : value.getTime()) ^ (1n << 63n));
  else if (Array.isArray(value)) writeList(writer, value);
  else if (isDoc(value)) {
    for (const [name, field] of Object.entries(value)) {
      writer.byte(typeRank[typeName(field)]);
      writer.text(name);
      writeBody(writer, field);
    }
    writer.byte(0);
  } else writeScalar(writer, value);
}

function writeList(writer: KeyWriter, items: readonly Value[]): void {
  for (const item of items) writeValue(writer, item);
  writer.byte(0);
}

function writeScalar(writer: KeyWriter, value: Value): void {
  if (value instanceof Binary) {
    writer.uint32(value.position);
    writer.byte(value.sub_type);
    writer.raw(binaryBytes(value));
  } else if (value instanceof Timestamp) writer.uint64(Long.fromBits(value.low, value.high, true).toBigInt());
  else if (value instanceof BSONRegExp) {
    writer.text(value.pattern);
    writer.text(value.options);
  } else if (value instanceof BSONSymbol) writer.text(value.value);
  else if (value instanceof Code) writer.text(value.code);
}

/**
 * A number as the greatest double not above it, in order-preserving bits, then 0 when that double is the value itself, else 1
 * and the exact decimal digits. Equal numbers of different types get equal bytes. NaN is eight zeros, below -Infinity.
 */
function writeNumber(writer: KeyWriter, value: Numeric): void {
  const nearest = toNumber(value);
  if (Number.isNaN(nearest)) {
    writer.uint64(0n);
    writer.byte(0);
    return;
  }
  const inexact = value instanceof Decimal128 || (value instanceof Long && Math.abs(nearest) >= 2 ** 53);
  const floor = inexact ? floorDouble(value, nearest) : nearest;
  writer.uint64(orderedBits(floor));
  const exact = inexact && compareValues(value, new Double(floor)) !== 0 ? toExact(value) : undefined;
  writer.byte(exact === undefined ? 0 : 1);
  if (exact !== undefined) writeDigits(writer, exact);
}

/** The bits of a double, reordered so that unsigned comparison orders them as numbers; both zeros are one. */
function orderedBits(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value === 0 ? 0 : value);
  const bits = view.getBigUint64(0);
  return bits >> 63n === 1n ? BigInt.asUintN(64, ~bits) : bits | (1n << 63n);
}

function doubleOfBits(ordered: bigint): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, ordered >> 63n === 1n ? ordered ^ (1n << 63n) : BigInt.asUintN(64, ~ordered));
  return view.getFloat64(0);
}

function floorDouble(value: Numeric, nearest: number): number {
  if (toExact(value) === undefined) return nearest;
  if (nearest === Infinity) return Number.MAX_VALUE;
  if (nearest === -Infinity) return -Infinity;
  return compareValues(new Double(nearest), value) > 0 ? doubleOfBits(orderedBits(nearest) - 1n) : nearest;
}

/** Sign-aware digits: the place of the leading digit, then the digits two to a byte plus one, ended by zero. */
function writeDigits(writer: KeyWriter, exact: Exact): void {
  const { coefficient, exponent } = trimExact(exact);
  const from = writer.length;
  const digits = (coefficient < 0n ? -coefficient : coefficient).toString();
  writer.uint32(digits.length + exponent + 0x10000);
  const padded = digits.length % 2 === 0 ? digits : `${digits}0`;
  for (let at = 0; at < padded.length; at += 2) writer.byte(Number(padded.slice(at, at + 2)) + 1);
  writer.byte(0);
  if (coefficient < 0n) writer.complement(from);
}
