/** Reads what came over the wire by its contract. */
import type { z } from 'zod';
import { AppError } from './failures.js';

/**
 * @returns the parsed input.
 * @throws input.invalid - with one line for each problem: the path into the input, and what is wrong there.
 */
export function readInput<S extends z.ZodType>(schema: S, raw: unknown): z.output<S> {
  const read = schema.safeParse(raw);
  if (read.success) return read.data;
  const problems = read.error.issues.slice(0, 20).map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
  throw new AppError('input.invalid', { problems });
}
