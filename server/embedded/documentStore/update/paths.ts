import { StoreFailure } from '../failures.js';
import { getField, isDoc, setField, typeName, type Doc, type Value } from '../values/bson.js';
import { asIndex, type Path } from '../values/paths.js';

/** A place an update writes to: a field of a document or an item of an array. */
export interface Place {
  read(): Value | undefined;
  write(value: Value): void;
  remove(): void;
}

const longestPadding = 1_500_000;

function fieldPlace(doc: Doc, name: string): Place {
  return {
    read: () => getField(doc, name),
    write: (value) => setField(doc, name, value),
    remove: () => {
      delete doc[name];
    },
  };
}

function itemPlace(items: Value[], name: string, path: Path): Place {
  const index = asIndex(name);
  if (index === undefined) throw new StoreFailure('PathNotViable', `Cannot create field '${name}' in element {${path[0]}: array}`);
  return {
    read: () => items[index],
    write: (value) => {
      if (index - items.length > longestPadding) throw new StoreFailure('PathNotViable', `can't backfill more than ${longestPadding} elements`);
      while (items.length < index) items.push(null);
      items[index] = value;
    },
    // An item that is unset becomes null: the others keep their places.
    remove: () => {
      if (index < items.length) items[index] = null;
    },
  };
}

/**
 * The place a path without positional parts names, making the documents on the way when `create` is set.
 * @returns undefined when something on the way is missing and is not to be made
 * @throws PathNotViable (28) when a scalar stands in the way
 */
export function placeAt(doc: Doc, path: Path, create: boolean): Place | undefined {
  let holder: Value = doc;
  for (const [at, name] of path.entries()) {
    const last = at === path.length - 1;
    if (!isDoc(holder) && !Array.isArray(holder)) {
      if (!create) return undefined;
      throw new StoreFailure('PathNotViable', `Cannot create field '${name}' in element {${path.slice(0, at).join('.')}: ${typeName(holder)}}`);
    }
    if (Array.isArray(holder) && asIndex(name) === undefined && !create) return undefined;
    const place: Place = Array.isArray(holder) ? itemPlace(holder, name, path) : fieldPlace(holder, name);
    if (last) return place;
    let next = place.read();
    if (next === undefined || (next === null && Array.isArray(holder) && create && asIndex(name) as number >= holder.length)) {
      if (!create) return undefined;
      next = {};
      place.write(next);
    }
    holder = next;
  }
  return undefined;
}
