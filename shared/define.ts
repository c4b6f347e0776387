/** The forms in which a contract is written: a call (socket, asked and answered), a push (socket, told), a route (HTTP). */
import type { z } from 'zod';
import type { FailureCode } from './failures.js';

/** How often one member (or, signed out, one address) may ask: `points` in `seconds`. */
export interface Limit {
  points: number;
  seconds: number;
}

/** Who may ask at all; finer rights are judged by the gates in `server/access`. */
export type Who = 'anyone' | 'member' | 'organizer';

export interface Call<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  name: string;
  input: I;
  output: O;
  failures: readonly FailureCode[];
  limit: Limit;
}

export interface Push<D extends z.ZodType = z.ZodType> {
  name: string;
  data: D;
  /** The next one says all that this one said: a connection that lags behind is not told, so that it can catch up. */
  mayBeDropped: boolean;
}

export interface Route<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  method: 'get' | 'post' | 'patch' | 'delete';
  /** Express path; its parameters are part of `input`, as are the query of a GET and the JSON body of all others. */
  path: string;
  who: Who;
  input: I;
  output: O;
  failures: readonly FailureCode[];
  limit: Limit;
}

const callLimit: Limit = { points: 120, seconds: 10 };
const routeLimit: Limit = { points: 120, seconds: 10 };

/** Declares a socket call; every call may also fail with `input.invalid`, `limits.too_many`, `session.expired` and `server.broke`. */
export function defineCall<I extends z.ZodType, O extends z.ZodType>(
  name: string,
  contract: { input: I; output: O; failures?: readonly FailureCode[]; limit?: Limit },
): Call<I, O> {
  return { name, failures: [], limit: callLimit, ...contract };
}

/** Declares what a server tells its clients. */
export function definePush<D extends z.ZodType>(name: string, data: D, { mayBeDropped = false } = {}): Push<D> {
  return { name, data, mayBeDropped };
}

/** Declares an HTTP route; every route may also fail as every call may, and by who asks: `session.required`, `role.required`. */
export function defineRoute<I extends z.ZodType, O extends z.ZodType>(
  method: Route['method'],
  path: string,
  contract: { who: Who; input: I; output: O; failures?: readonly FailureCode[]; limit?: Limit },
): Route<I, O> {
  return { method, path, failures: [], limit: routeLimit, ...contract };
}
