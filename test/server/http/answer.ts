/** A request as raw as an attacker writes it, and the one form in which it may be refused. */
import { expect } from 'vitest';
import { z } from 'zod';
import { failures, type FailureCode } from '../../../shared/failures.js';

const Refusal = z.strictObject({ ok: z.literal(false), failure: z.strictObject({ code: z.enum(Object.keys(failures) as [FailureCode, ...FailureCode[]]), data: z.unknown() }) });

/** The code of a refusal, after it was proved to be a row of `shared/failures.ts` in all its parts; `ok` when it was none. */
export async function codeOf(response: Response): Promise<FailureCode | 'ok'> {
  expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  if (response.ok) return 'ok';
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  const { failure } = Refusal.parse(await response.json());
  const row = failures[failure.code];
  expect(response.status).toBe(row.status);
  row.data.strict().parse(failure.data);
  return failure.code;
}
