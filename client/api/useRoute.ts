/** Routes as TanStack queries and mutations, typed by their contract. */
import { useMutation, useQueries, useQuery, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Route } from '../../shared/define.js';
import { request } from './http.js';

export interface RouteQueryOptions {
  enabled?: boolean;
  /** Ask again every so many milliseconds while the page is seen. */
  refetchInterval?: number | false;
  /** How many milliseconds an answer counts as fresh. */
  staleTime?: number;
}

/** The key a route's answer is kept under; without `input` it covers every input, for invalidation. */
export function routeKey<I extends z.ZodType>(route: Route<I>, input?: z.input<I>): readonly unknown[] {
  return input === undefined ? [route.method, route.path] : [route.method, route.path, input];
}

/** Asks a GET route and keeps its answer. `error` is an AppError or an OfflineError. */
export function useRouteQuery<I extends z.ZodType, O extends z.ZodType>(
  route: Route<I, O>,
  input: z.input<I>,
  options: RouteQueryOptions = {},
): UseQueryResult<z.output<O>> {
  return useQuery({
    queryKey: routeKey(route, input),
    queryFn: ({ signal }) => request(route, input, { signal }),
    ...options,
  });
}

/**
 * Whether each of these routes has answered, if only with a refusal. What waits for all of them is shown at once: a part that
 * came later would push the others away, perhaps from under a finger.
 */
export function useAreAnswered(...routes: readonly Route[]): boolean {
  return useQueries({
    queries: routes.map((route) => ({ queryKey: routeKey(route, {}), queryFn: ({ signal }: { signal: AbortSignal }) => request(route, {}, { signal }) })),
    combine: (answers) => answers.every((answer) => !answer.isPending),
  });
}

/** Asks a changing route on demand. `error` is an AppError or an OfflineError. */
export function useRouteMutation<I extends z.ZodType, O extends z.ZodType>(
  route: Route<I, O>,
): UseMutationResult<z.output<O>, Error, z.input<I>> {
  return useMutation({ mutationFn: (input: z.input<I>) => request(route, input) });
}
