/** Identifiers as they travel: a document's ObjectId in 24 lower-case hex digits. */
import { z } from 'zod';

export const Id = z.string().regex(/^[0-9a-f]{24}$/, 'an id is 24 lower-case hex digits');
export type Id = z.infer<typeof Id>;

/** An id the client mints for what it creates, so that a retry names the same thing. */
export const ClientId = z.uuid();
