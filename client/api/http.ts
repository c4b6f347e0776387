/** The one way to ask an HTTP route as whoever is signed in. */
import type { z } from 'zod';
import type { Route } from '../../shared/define.js';
import { exchange } from './exchange.js';
import { isFailure } from './problems.js';
import { currentToken, renewToken } from './session.js';

/**
 * Asks `route`; path parameters, query and body are all taken from `input`. An expired access token is renewed once.
 * @throws AppError - the failure the server told of (codes in the route's contract).
 * @throws OfflineError - the server could not be reached.
 */
export async function request<I extends z.ZodType, O extends z.ZodType>(
  route: Route<I, O>,
  input: z.input<I>,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<z.output<O>> {
  const token = await currentToken();
  try {
    return await exchange(route, input, { token, ...options });
  } catch (error) {
    if (token === null || !isFailure(error, 'session.expired')) throw error;
    const renewed = await renewToken(token);
    if (renewed === null) throw error;
    return exchange(route, input, { token: renewed, ...options });
  }
}
