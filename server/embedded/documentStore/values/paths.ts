import { getField, isDoc, type Doc, type Value } from './bson.js';

/** A dotted path, split. */
export type Path = readonly string[];

/** Splits "a.b.0" into its names. */
export function splitPath(path: string): Path {
  return path.split('.');
}

const digits = /^(?:0|[1-9]\d*)$/;

/** The array index a path component names, or undefined. */
export function asIndex(name: string): number | undefined {
  return digits.test(name) ? Number(name) : undefined;
}

/**
 * Every value a query path reaches, by MongoDB's rule: an array on the way is entered both by a numeric component and through
 * each embedded document in it. A path that ends in nothing gives one `undefined`; one that meets only scalars in an array
 * gives none at all. An array at the end is given whole; callers look inside it themselves.
 */
export function valuesAt(doc: Doc, path: Path): (Value | undefined)[] {
  const found: (Value | undefined)[] = [];
  collect(doc, path, 0, found);
  return found;
}

function collect(holder: Value | undefined, path: Path, at: number, found: (Value | undefined)[]): void {
  if (at === path.length) {
    found.push(holder);
    return;
  }
  const name = path[at] as string;
  if (Array.isArray(holder)) {
    const index = asIndex(name);
    if (index !== undefined && index < holder.length) collect(holder[index], path, at + 1, found);
    for (const item of holder) if (isDoc(item)) collect(item, path, at, found);
  } else if (isDoc(holder)) {
    collect(getField(holder, name), path, at + 1, found);
  } else {
    found.push(undefined);
  }
}
