/** Answers routes: origin, limit, actor, parse by the contract, verb, reply. Knows no feature. */
import type { Request, Response, Router } from 'express';
import type { z } from 'zod';
import type { Route } from '../../shared/define.js';
import { AppError } from '../../shared/failures.js';
import { readInput } from '../../shared/readInput.js';
import type { Actor } from '../access/actor.js';
import type { Limits } from '../platform/limits.js';

/** What a route's verb is given beside its input. `actor` is null only where the route is for anyone. */
export interface Asked<R extends Route> {
  actor: Actor | null;
  input: z.output<R['input']>;
  request: Request;
  response: Response;
}

/** One line of a feature's table: the route, and what answers it. */
export interface RouteEntry {
  route: Route;
  answer(asked: Asked<Route>): Promise<unknown>;
}

/** Binds a route for anyone to its verb. */
export function answerAnyone<R extends Route>(route: R, answer: (asked: Asked<R>) => Promise<z.input<R['output']>>): RouteEntry {
  return { route, answer: (asked) => answer(asked) };
}

/** Binds a route for members (or organizers) to its verb. */
export function answerMember<R extends Route>(route: R, answer: (actor: Actor, input: z.output<R['input']>, asked: Asked<R>) => Promise<z.input<R['output']>>): RouteEntry {
  return {
    route,
    answer: (asked) => {
      if (!asked.actor) throw new AppError('session.required');
      return answer(asked.actor, asked.input as z.output<R['input']>, asked);
    },
  };
}

export interface RouteDeps {
  limits: Limits;
  /** Who asks: null when no token was sent. @throws session.expired */
  whoAsks(request: Request): Promise<Actor | null>;
}

/** Mounts a table of routes. */
export function mountRoutes(router: Router, table: readonly RouteEntry[], deps: RouteDeps): void {
  for (const entry of table) {
    router[entry.route.method](entry.route.path, async (request, response) => {
      response.json({ ok: true, data: await answerOne(entry, request, response, deps) });
    });
  }
}

async function answerOne(entry: RouteEntry, request: Request, response: Response, deps: RouteDeps): Promise<unknown> {
  const { route } = entry;
  const actor = await deps.whoAsks(request);
  // What anyone may ask is counted by address: a throw-away account must not buy a fresh allowance to guess passwords with.
  const asker = route.who === 'anyone' ? null : actor;
  await deps.limits.spend(`${route.method} ${route.path}`, asker?.memberId ?? request.ip ?? 'unknown', route.limit);
  if (route.who !== 'anyone' && !actor) throw new AppError('session.required');
  if (route.who === 'organizer' && actor?.role !== 'organizer') throw new AppError('role.required');
  const input = readInput(route.input, inputOf(route, request));
  return entry.answer({ actor, input, request, response });
}

/** The path's parameters together with what was sent. @throws input.invalid - a field is in both: it must be clear which one is meant. */
function inputOf(route: Route, request: Request): object {
  const sent = readSent(route, request);
  const twice = Object.keys(request.params).filter((name) => Object.hasOwn(sent, name));
  if (twice.length > 0) throw new AppError('input.invalid', { problems: twice.map((path) => ({ path, message: 'is in the path already' })) });
  return { ...sent, ...request.params };
}

/** The query, or the JSON object that was sent. @throws input.invalid - it is something else: an unread body must not pass for an empty one. */
function readSent(route: Route, request: Request): object {
  if (route.method === 'get') return request.query;
  const hasBody = request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  const sent: unknown = hasBody ? request.body : {};
  if (typeof sent === 'object' && sent !== null && !Array.isArray(sent)) return sent;
  throw new AppError('input.invalid', { problems: [{ path: '', message: 'a JSON object is expected' }] });
}
