/** What an endpoint of the API is. */
import type { z } from 'zod';
import type { Kind, Kinds } from '../store/kinds.js';
import type { Look, Turn } from '../turn.js';
import { integer, listShape, params as paramsOf, span } from './params.js';
import { answerList, type Filter } from './answerList.js';

/** What every endpoint gets: the id in its path (empty when it has none) and its judged parameters. */
export interface Input<Params> {
  id: string;
  params: Params;
}

/** One row of the API's table. `Params` is known where the row is made, and forgotten in the table. */
export type Endpoint =
  | { kind: 'write'; method: 'post' | 'delete'; path: string; params: z.ZodType; run(turn: Turn, input: Input<unknown>): object }
  | { kind: 'read'; method: 'get'; path: string; params: z.ZodType; run(look: Look, input: Input<unknown>): object };

/** An endpoint that changes something. A fault that it throws undoes all; one that it returns refuses, and what was done stays. */
export function writes<Params>(
  method: 'post' | 'delete',
  path: string,
  params: z.ZodType<Params>,
  run: (turn: Turn, input: Input<Params>) => object,
): Endpoint {
  // The server gives to `run` only what `params` has let through.
  return { kind: 'write', method, path, params, run: (turn, input) => run(turn, input as Input<Params>) };
}

/** An endpoint that only looks. */
export function reads<Params>(
  path: string,
  params: z.ZodType<Params>,
  run: (look: Look, input: Input<Params>) => object,
): Endpoint {
  return { kind: 'read', method: 'get', path, params, run: (look, input) => run(look, input as Input<Params>) };
}

/** An endpoint that lists a kind, newest first, with Stripe's paging, `created`, and the given filters. */
export function lists<K extends Kind>(kind: K, path: string, filters: { [name: string]: Filter<K> } = {}): Endpoint {
  const shape = Object.fromEntries(Object.entries(filters).map(([name, { param }]) => [name, param.optional()]));
  const schema = paramsOf({ ...shape, ...listShape, limit: integer(1, 100).default(10), created: span().optional() });
  return reads(path, schema, (look, { params }) => answerList(look.reader, { kind, path, filters, params }));
}

/** A filter on a text field; narrows by an index where the field has one. */
export function sameText<K extends Kind>(param: z.ZodType<string>, field: keyof Kinds[K] & string): Filter<K> {
  return { param, index: field, matches: (object, value) => object[field] === value };
}
