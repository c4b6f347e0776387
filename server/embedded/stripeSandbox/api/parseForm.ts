/** Reads `application/x-www-form-urlencoded` with bracketed names, as the Stripe SDKs write it. */
import { badRequest } from './apiFault.js';

/** A tree of texts; a list is a tree whose names are `0`, `1`, `2`, … */
export interface FormTree {
  [name: string]: FormTree | string;
}

const maxDepth = 8;
const maxFields = 1000;

/**
 * Turns `a[b][0]=x&c=y` into `{ a: { b: { 0: 'x' } }, c: 'y' }`. `a[]=x` appends.
 *
 * @throws ApiFault 400 when names contradict each other, nest too deep or are too many, or a text holds NUL.
 */
export function parseForm(text: string): FormTree {
  const root = newTree();
  let fields = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    if (++fields > maxFields) throw badRequest(`Too many parameters; at most ${maxFields} are taken.`);
    if (name.includes('\0') || value.includes('\0')) throw badRequest('Invalid parameter: texts must not hold NUL.');
    place(root, splitName(name), value, name);
  }
  return root;
}

// Without a prototype, names like `__proto__` and `constructor` are names like any other.
const newTree = (): FormTree => Object.create(null) as FormTree;

function splitName(name: string): string[] {
  const parts = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name);
  if (!parts) throw badRequest(`Invalid parameter name: ${name}`, { param: name });
  const [, head = '', brackets = ''] = parts;
  const path = [head, ...[...brackets.matchAll(/\[([^[\]]*)\]/g)].map(([, part = '']) => part)];
  if (path.length > maxDepth) throw badRequest(`Parameter nested too deep: ${name}`, { param: name });
  return path;
}

function place(root: FormTree, path: string[], value: string, name: string): void {
  let node = root;
  for (const [depth, part] of path.entries()) {
    const key = part === '' ? String(Object.keys(node).length) : part;
    const existing = node[key];
    if (depth === path.length - 1) {
      if (existing !== undefined) throw badRequest(`Parameter given twice: ${name}`, { param: name });
      node[key] = value;
      return;
    }
    if (typeof existing === 'string') throw badRequest(`Parameter is both a text and an object: ${name}`, { param: name });
    node = existing ?? (node[key] = newTree());
  }
}
