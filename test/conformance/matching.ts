import { EJSON } from 'bson';
import type { Json, JsonObject } from './unifiedFormat.js';

/** What "$$"-operators of an expectation may refer to. */
export interface MatchContext {
  /** The result saved under an entity's name. */
  readonly entity: (id: string) => unknown;
  /** The lsid of a session entity. */
  readonly sessionId: (id: string) => unknown;
}

/** Why a value does not match, with the place; undefined when it does. */
export type Mismatch = string | undefined;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Numbers without their BSON types and documents without undefined fields: the form in which values are compared. */
export function plain(value: unknown): unknown {
  return value === undefined ? undefined : EJSON.parse(EJSON.stringify(value, { relaxed: true }), { relaxed: true });
}

/** Compares a result with an expectation. At the root, and under `$$matchAsRoot`, further fields are allowed. */
export function match(expected: Json, actual: unknown, context: MatchContext, root = true, path = 'result'): Mismatch {
  if (isObject(expected)) {
    const [name] = Object.keys(expected);
    if (name?.startsWith('$$') && Object.keys(expected).length === 1) return matchOperator(name, expected[name], actual, context, path);
    return matchObject(expected, actual, context, root, path);
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return `${path}: expected ${show(expected)}, got ${show(actual)}`;
    return expected.map((item, at) => match(item, actual[at], context, root, `${path}[${at}]`)).find((one) => one !== undefined);
  }
  return show(plain(expected)) === show(plain(actual)) ? undefined : `${path}: expected ${show(expected)}, got ${show(actual)}`;
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : EJSON.stringify(value, { relaxed: true });
}

function matchObject(expected: JsonObject, actual: unknown, context: MatchContext, root: boolean, path: string): Mismatch {
  if (!isObject(actual)) return `${path}: expected ${show(expected)}, got ${show(actual)}`;
  // BSON values such as ObjectId are objects too, and equal only as wholes.
  if (Object.getPrototypeOf(actual) !== Object.prototype) return show(expected) === show(actual) ? undefined : `${path}: expected ${show(expected)}, got ${show(actual)}`;
  for (const [name, value] of Object.entries(expected)) {
    const wrong = match(value, actual[name], context, false, `${path}.${name}`);
    if (wrong !== undefined) return wrong;
  }
  const extra = root ? undefined : Object.keys(actual).find((name) => actual[name] !== undefined && !Object.hasOwn(expected, name));
  return extra === undefined ? undefined : `${path}: unexpected field '${extra}' in ${show(actual)}`;
}

type Operator = (argument: Json, actual: unknown, context: MatchContext, path: string) => Mismatch;

function verdict(holds: boolean, path: string, wanted: string, actual: unknown): Mismatch {
  return holds ? undefined : `${path}: expected ${wanted}, got ${show(actual)}`;
}

const typeTests: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  bool: (value) => typeof value === 'boolean',
  object: isObject,
  array: Array.isArray,
  null: (value) => value === null,
  date: (value) => value instanceof Date,
  objectId: (value) => isObject(value) && value['_bsontype'] === 'ObjectId',
  binData: (value) => isObject(value) && (value['_bsontype'] === 'Binary' || value['_bsontype'] === 'UUID'),
};
function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array;
}

const isNumber = (value: unknown): boolean => typeof plain(value) === 'number';

const operators: Readonly<Record<string, Operator>> = {
  $$exists: (wanted, actual, _context, path) => verdict((actual !== undefined) === wanted, path, wanted === true ? 'a value' : 'nothing', actual),
  $$type: (types, actual, _context, path) => {
    const names = (Array.isArray(types) ? types : [types]) as string[];
    return verdict(names.some((name) => (typeTests[name] ?? isNumber)(actual)), path, `type ${names.join(' or ')}`, actual);
  },
  $$unsetOrMatches: (expected, actual, context, path) => (actual === undefined ? undefined : match(expected, actual, context, true, path)),
  $$matchesEntity: (id, actual, context, path) => match(plain(context.entity(String(id))), actual, context, false, path),
  $$sessionLsid: (id, actual, context, path) => match(plain(context.sessionId(String(id))), plain(actual), context, false, path),
  $$matchesHexBytes: (hex, actual, _context, path) => verdict(isBytes(actual) && Buffer.from(actual).toString('hex') === String(hex).toLowerCase(), path, `the bytes ${String(hex)}`, actual),
  $$lte: (most, actual, _context, path) => verdict(isNumber(actual) && Number(actual) <= Number(most), path, `at most ${String(most)}`, actual),
  $$matchAsDocument: (expected, actual, context, path) => match(expected, typeof actual === 'string' ? EJSON.parse(actual) : actual, context, false, path),
  $$matchAsRoot: (expected, actual, context, path) => match(expected, actual, context, true, path),
};

function matchOperator(name: string, argument: Json, actual: unknown, context: MatchContext, path: string): Mismatch {
  const operator = operators[name];
  if (operator === undefined) throw new Error(`the expectation operator ${name} is not known to this runner`);
  return operator(argument, actual, context, path);
}
