import { StoreFailure } from '../failures.js';
import type { Collection } from '../storage/collection.js';
import { above, type Index } from '../storage/index.js';
import { getField, type Doc, type Value } from '../values/bson.js';
import { hintedIndex, type Plan } from './plan.js';

/** The keys a find names itself: from `min` (included) up to `max` (excluded), as the index runs. */
export interface Between { readonly min?: Doc | undefined; readonly max?: Doc | undefined }

/**
 * The plan of a find with `min` or `max`.
 * @throws 51173 without a hint, 51174 when the keys are not those of the hinted index
 */
export function planBetween(collection: Collection, hint: Value | undefined, { min, max }: Between): Plan {
  if (hint === undefined) throw new StoreFailure(51173, 'When using min()/max() a hint of which index to use must be provided');
  const index = hintedIndex(collection, hint);
  const start = min === undefined ? index.prefix : index.bound(keyOf(index, min));
  const end = max === undefined ? Buffer.concat([index.prefix, above]) : index.bound(keyOf(index, max));
  return { kind: 'index', index, ranges: [{ start, end }], bounds: { ...(min ? { min } : {}), ...(max ? { max } : {}) }, reverse: false, sorted: false, covered: false };
}

function keyOf(index: Index, key: Doc): Value[] {
  const names = Object.keys(key);
  if (names.length !== index.fields.length || !index.fields.every((field, at) => names[at] === field)) {
    throw new StoreFailure(51174, 'The index chosen is not compatible with min/max');
  }
  return index.fields.map((field) => getField(key, field) ?? null);
}
