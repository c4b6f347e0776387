/** One HTTP exchange by contract: no session of its own, no second try. */
import type { z } from 'zod';
import type { Route } from '../../shared/define.js';
import { OfflineError, readFailure, readReply } from './problems.js';

const patienceMs = 15_000;

export interface ExchangeOptions {
  /** The access token to show; null asks as a stranger. */
  token: string | null;
  signal?: AbortSignal | undefined;
}

/** Splits an input into the path with its parameters filled and what is left for the query or the body. */
function fillPath(path: string, input: Record<string, unknown>): { path: string; rest: Record<string, unknown> } {
  const rest = { ...input };
  const filled = path.replace(/:(\w+)/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(String(value));
  });
  return { path: filled, rest };
}

function toQuery(rest: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(rest)) if (value !== undefined) query.set(name, String(value));
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

async function send(route: Route, input: Record<string, unknown>, options: ExchangeOptions): Promise<Response> {
  const { path, rest } = fillPath(route.path, input);
  const headers: Record<string, string> = { accept: 'application/json' };
  if (options.token !== null) headers['authorization'] = `Bearer ${options.token}`;
  const patience = AbortSignal.timeout(patienceMs);
  const request: RequestInit = {
    method: route.method.toUpperCase(),
    headers,
    signal: options.signal === undefined ? patience : AbortSignal.any([options.signal, patience]),
  };
  if (route.method !== 'get') {
    headers['content-type'] = 'application/json';
    request.body = JSON.stringify(rest);
  }
  return fetch(route.method === 'get' ? path + toQuery(rest) : path, request);
}

/**
 * Asks a route once and reads its reply by contract.
 * @throws AppError - the failure the server told of.
 * @throws OfflineError - no answer, or one that is not the server's (a proxy's error page).
 */
export async function exchange<I extends z.ZodType, O extends z.ZodType>(
  route: Route<I, O>,
  input: z.input<I>,
  options: ExchangeOptions,
): Promise<z.output<O>> {
  let reply: unknown;
  try {
    const response = await send(route, input as Record<string, unknown>, options);
    reply = await response.json();
  } catch (error) {
    if (options.signal?.aborted === true) throw error;
    throw new OfflineError(error);
  }
  const view = route.output.safeParse(readReply(reply));
  if (!view.success) throw readFailure(undefined);
  return view.data;
}
