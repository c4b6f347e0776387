import { ObjectId } from 'bson';
import type { Collection } from '../storage/collection.js';
import type { Found } from '../planner/scan.js';
import type { Store } from '../store.js';
import { StoreFailure } from '../failures.js';
import { branches, isOperators } from '../query/filter.js';
import { isReplacement, type Update } from '../update/compile.js';
import { placeAt } from '../update/paths.js';
import { checkDepth, cloneValue, encodeDoc, getField, isDoc, maxDocumentBytes, type Doc, type Value } from '../values/bson.js';
import { splitPath } from '../values/paths.js';
import { ensureCollection, prepare } from './inserting.js';

/** A document before and after its update, and whether anything changed. */
export interface Updated { readonly after: Doc; readonly modified: boolean }

/** Stores a document's new version, when it differs; only inside a write job. @throws the refusals of update and store */
export function updateFound(collection: Collection, found: Found, update: Update): Updated {
  const after = update(found.doc, false);
  checkDepth(after);
  const raw = encodeDoc(after, Infinity);
  if (raw.length > maxDocumentBytes) throw new StoreFailure(17419, `Resulting document after update is larger than ${maxDocumentBytes}`);
  if (raw.equals(found.raw)) return { after, modified: false };
  collection.replace(found, found.doc, after, raw);
  return { after, modified: true };
}

/** Stores the document an upsert makes when nothing matched; only inside a write job. */
export function upsert(store: Store, target: { db: string; collection: string }, filter: Doc, update: Update, spec: Value): Doc {
  const base: Doc = {};
  if (isReplacement(spec)) {
    const id = equalities(filter).find(([path]) => path === '_id')?.[1];
    if (id !== undefined) base['_id'] = id;
  } else {
    for (const [path, value] of equalities(filter)) placeAt(base, splitPath(path), true)?.write(cloneValue(value));
  }
  const made = update(base, true);
  const given = getField(made, '_id');
  const id = given === undefined ? new ObjectId() : given;
  const { _id: _, ...rest } = made;
  const { doc, raw } = prepare({ _id: id, ...rest });
  ensureCollection(store, target.db, target.collection).insert(doc, raw);
  return doc;
}

/** The values a filter fixes by equality. @throws 54 when it fixes one path twice */
function equalities(filter: Doc): [string, Value][] {
  const found = Object.entries(filter).flatMap(([name, operand]): [string, Value][] => {
    if (name === '$and') return branches(name, operand).flatMap(equalities);
    if (name === '$or' && branches(name, operand).length === 1) return branches(name, operand).flatMap(equalities);
    if (name.startsWith('$')) return [];
    if (!isOperators(operand)) return isDoc(operand) || typeof operand !== 'object' || operand === null || !('pattern' in operand) ? [[name, operand]] : [];
    const equal = [operand['$eq'], singleOf(operand['$all']), singleOf(operand['$in'])].find((value) => value !== undefined);
    return equal === undefined ? [] : [[name, equal]];
  });
  const twice = found.find(([path], at) => found.some(([other], index) => index < at && other === path));
  if (twice !== undefined) throw new StoreFailure(54, `cannot infer query fields to set, path '${twice[0]}' is matched twice`);
  return found;
}

function singleOf(list: Value | undefined): Value | undefined {
  return Array.isArray(list) && list.length === 1 ? list[0] : undefined;
}
