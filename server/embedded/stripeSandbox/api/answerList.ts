/** Lists as Stripe gives them: https://docs.stripe.com/api/pagination */
import type { z } from 'zod';
import { indexedFields, type Kind, type Kinds } from '../store/kinds.js';
import type { Reader } from '../store/openStore.js';
import { badRequest, noSuchReference } from './apiFault.js';

/** One page of a list. */
export interface Page<T> {
  object: 'list';
  url: string;
  has_more: boolean;
  data: T[];
}

/** How a list may be narrowed: a parameter and what it demands of an object. */
export interface Filter<K extends Kind> {
  param: z.ZodType;
  /** The indexed field whose value must equal the parameter, if that is what the filter demands. */
  index?: string;
  matches(object: Kinds[K], value: never): boolean;
}

/** Either an exact second or bounds. */
type Span = number | { gt?: number; gte?: number; lt?: number; lte?: number };

interface Request<K extends Kind> {
  kind: K;
  path: string;
  filters: { [name: string]: Filter<K> };
  params: { limit: number; starting_after?: string; ending_before?: string; created?: Span; [filter: string]: unknown };
}

/**
 * The page asked for.
 *
 * @throws ApiFault 400 when both cursors are given, or a cursor names nothing.
 */
export function answerList<K extends Kind>(reader: Reader, request: Request<K>): Page<Kinds[K]> {
  const { kind, path, filters, params } = request;
  const { limit, starting_after: after, ending_before: before, created } = params;
  if (after && before) throw badRequest('Received both starting_after and ending_before parameters. Please pass in only one.');
  const wanted = Object.entries(filters).filter(([name]) => params[name] !== undefined);
  // Each filter's parameter has been read by its own schema.
  const fits = (object: Kinds[K]): boolean =>
    wanted.every(([name, filter]) => filter.matches(object, params[name] as never)) && within(createdOf(object), created);

  const oldestFirst = before !== undefined;
  const cursor = after ?? before;
  const from = cursor === undefined ? undefined : placeOf(reader, kind, cursor, oldestFirst);
  const data: Kinds[K][] = [];
  for (const object of reader.walk(kind, { where: indexFor(request), from, oldestFirst })) {
    if (fits(object)) data.push(object);
    if (data.length > limit) break;
  }
  const page = data.slice(0, limit);
  return { object: 'list', url: path, has_more: data.length > limit, data: oldestFirst ? page.reverse() : page };
}

/** A short list that is wholly at hand, in the form of a page. */
export function wholeList<T>(url: string, data: T[]): Page<T> {
  return { object: 'list', url, has_more: false, data };
}

/**
 * A page of things that an object holds in an order of its own.
 *
 * @throws ApiFault 400 when a cursor names none of them.
 */
export function pageOfLines<T extends { id: string }>(
  url: string,
  lines: readonly T[],
  { limit, starting_after: after, ending_before: before }: { limit: number; starting_after?: string; ending_before?: string },
): Page<T> {
  const first = after === undefined ? 0 : lineAt(lines, after, 'starting_after') + 1;
  const end = before === undefined ? lines.length : lineAt(lines, before, 'ending_before');
  const start = before === undefined ? first : Math.max(first, end - limit);
  const data = lines.slice(start, Math.min(end, start + limit));
  const hasMore = before === undefined ? start + limit < end : start > first;
  return { object: 'list', url, has_more: hasMore, data };
}

function lineAt(lines: readonly { id: string }[], id: string, param: string): number {
  const place = lines.findIndex((line) => line.id === id);
  if (place < 0) throw noSuchReference('item', id, param);
  return place;
}

function placeOf(reader: Reader, kind: Kind, id: string, oldestFirst: boolean): number {
  const place = reader.placeOf(kind, id);
  if (place === undefined) throw noSuchReference(kind, id, oldestFirst ? 'ending_before' : 'starting_after');
  return place;
}

function indexFor<K extends Kind>({ kind, filters, params }: Request<K>): { field: string; value: string } | undefined {
  const indexed: readonly string[] = indexedFields[kind];
  for (const [name, { index }] of Object.entries(filters)) {
    const value = params[name];
    if (index !== undefined && indexed.includes(index) && typeof value === 'string') return { field: index, value };
  }
  return undefined;
}

function createdOf(object: object): number {
  return 'created' in object && typeof object.created === 'number' ? object.created : 0;
}

function within(second: number, span: Span | undefined): boolean {
  if (span === undefined) return true;
  if (typeof span === 'number') return second === span;
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = span;
  return second > gt && second >= gte && second < lt && second <= lte;
}
