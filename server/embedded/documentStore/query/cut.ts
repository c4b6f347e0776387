import { onDemand } from 'bson';
import { isTruthy } from '../expressions/arguments.js';
import { isNumeric, type Doc } from '../values/bson.js';

/**
 * The fields a valid projection shows, when showing whole fields is all it does: then a document can be cut to them as it is
 * stored, which costs a fraction of decoding it and writing it again. Undefined for any other.
 */
export function keptFields(spec: Doc): ReadonlySet<string> | undefined {
  const kept = new Set(['_id']);
  let inclusive = false;
  for (const [path, value] of Object.entries(spec)) {
    if (typeof value !== 'boolean' && !isNumeric(value)) return undefined;
    if (isTruthy(value)) {
      if (path.includes('.')) return undefined;
      kept.add(path);
      inclusive = true;
    } else {
      if (path !== '_id') return undefined;
      kept.delete(path);
    }
  }
  return inclusive ? kept : undefined;
}

/** The BSON document with only these of its top fields, in the order they stand in it. */
export function cutFields(raw: Buffer, kept: ReadonlySet<string>): Buffer {
  const stretches: [from: number, to: number][] = [];
  let length = 5;
  for (const [, nameOffset, nameLength, offset, valueLength] of onDemand.parseToElements(raw)) {
    if (!kept.has(raw.toString('utf8', nameOffset, nameOffset + nameLength))) continue;
    // The byte of its type stands before the name.
    const [from, to] = [nameOffset - 1, offset + valueLength];
    stretches.push([from, to]);
    length += to - from;
  }
  const cut = Buffer.allocUnsafe(length);
  cut.writeInt32LE(length, 0);
  let at = 4;
  for (const [from, to] of stretches) at += raw.copy(cut, at, from, to);
  cut[at] = 0;
  return cut;
}
