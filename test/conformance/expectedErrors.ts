import { MongoBulkWriteError, MongoClientBulkWriteError, MongoError, MongoOperationTimeoutError, MongoServerError } from 'mongodb';
import { match, plain, type MatchContext, type Mismatch } from './matching.js';
import type { ExpectedError, JsonObject, Json } from './unifiedFormat.js';

/** What an error is held against: the server's part of it, when it has one, and all that it says. */
interface Seen { readonly error: unknown; readonly server: MongoServerError | undefined; readonly messages: readonly string[] }

type Check = (expected: ExpectedError, seen: Seen, context: MatchContext) => Mismatch;

const checks: readonly Check[] = [checkOrigin, checkWords, checkCode, checkLabels, checkResponse, checkWriteErrors, checkResult];

/** Why an error is not the one expected; undefined when it is. */
export function checkError(expected: ExpectedError, error: unknown, context: MatchContext): Mismatch {
  const seen = { error, server: serverPart(error), messages: messagesOf(error) };
  return checks.map((check) => check(expected, seen, context)).find((mismatch) => mismatch !== undefined);
}

/** The client's bulkWrite wraps the server's error as its cause. */
function serverPart(error: unknown): MongoServerError | undefined {
  if (error instanceof MongoClientBulkWriteError && error.cause instanceof MongoServerError) return error.cause;
  return error instanceof MongoServerError ? error : undefined;
}

/** A bulk's error says as much as all the errors in it. */
function messagesOf(error: unknown): string[] {
  const own = error instanceof Error ? [error.message] : [String(error)];
  if (error instanceof MongoBulkWriteError) return [...own, ...listOf(error.writeErrors).map(({ errmsg }) => errmsg ?? ''), error.result.getWriteConcernError()?.errmsg ?? ''];
  return error instanceof MongoClientBulkWriteError && error.cause !== undefined ? [...own, error.cause.message] : own;
}

function listOf<T>(one: T | readonly T[]): readonly T[] {
  return Array.isArray(one) ? (one as readonly T[]) : [one as T];
}

function checkOrigin({ isClientError, isTimeoutError }: ExpectedError, { error, server, messages }: Seen): Mismatch {
  if (isClientError !== undefined && isClientError !== (server === undefined)) return `expected a ${isClientError ? 'client' : 'server'} error, got ${messages[0]}`;
  if (isTimeoutError !== undefined && isTimeoutError !== error instanceof MongoOperationTimeoutError) return `expected ${isTimeoutError ? 'a' : 'no'} timeout, got ${messages[0]}`;
  return undefined;
}

function checkWords({ errorContains }: ExpectedError, { messages }: Seen): Mismatch {
  if (errorContains === undefined || messages.some((message) => message.toLowerCase().includes(errorContains.toLowerCase()))) return undefined;
  return `expected '${errorContains}' in '${messages.join("', '")}'`;
}

function checkCode({ errorCode, errorCodeName }: ExpectedError, { server, messages }: Seen): Mismatch {
  if (errorCode !== undefined && server?.code !== errorCode) return `expected code ${errorCode}, got ${server === undefined ? messages[0] : String(server.code)}`;
  if (errorCodeName !== undefined && server?.codeName?.toLowerCase() !== errorCodeName.toLowerCase()) return `expected ${errorCodeName}, got ${server?.codeName ?? messages[0]}`;
  return undefined;
}

function checkLabels({ errorLabelsContain = [], errorLabelsOmit = [] }: ExpectedError, { error }: Seen): Mismatch {
  const labels = error instanceof MongoError ? error.errorLabels : [];
  const missing = errorLabelsContain.find((label) => !labels.includes(label));
  if (missing !== undefined) return `expected the error label ${missing}`;
  const unwanted = errorLabelsOmit.find((label) => labels.includes(label));
  return unwanted === undefined ? undefined : `did not expect the error label ${unwanted}`;
}

function checkResponse({ errorResponse }: ExpectedError, { server }: Seen, context: MatchContext): Mismatch {
  return errorResponse === undefined ? undefined : match(errorResponse, plain(server?.errorResponse), context);
}

function checkWriteErrors({ writeErrors, writeConcernErrors }: ExpectedError, { error }: Seen, context: MatchContext): Mismatch {
  if (writeErrors === undefined && writeConcernErrors === undefined) return undefined;
  if (!(error instanceof MongoClientBulkWriteError)) return `expected the errors of a client's bulk`;
  const found = Object.fromEntries([...error.writeErrors].map(([index, one]) => [String(index), plain(one)]));
  return (writeErrors === undefined ? undefined : matchEach(writeErrors, found, context))
    ?? (writeConcernErrors === undefined ? undefined : match(writeConcernErrors, plain(error.writeConcernErrors), context));
}

function matchEach(expected: JsonObject, found: JsonObject, context: MatchContext): Mismatch {
  if (Object.keys(expected).join(',') !== Object.keys(found).join(',')) return `expected write errors at ${Object.keys(expected).join(', ')}, got ${Object.keys(found).join(', ')}`;
  return Object.entries(expected).map(([at, one]) => match(one, found[at], context, true, `writeErrors.${at}`)).find((mismatch) => mismatch !== undefined);
}

function checkResult({ expectResult }: ExpectedError, { error }: Seen, context: MatchContext): Mismatch {
  return expectResult === undefined ? undefined : match(expectResult, resultIn(error), context);
}

function resultIn(error: unknown): Json {
  if (error instanceof MongoClientBulkWriteError) return plain(error.partialResult);
  if (!(error instanceof MongoBulkWriteError)) return undefined;
  const { insertedCount, insertedIds, matchedCount, modifiedCount, deletedCount, upsertedCount, upsertedIds } = error.result;
  return plain({ insertedCount, insertedIds, matchedCount, modifiedCount, deletedCount, upsertedCount, upsertedIds });
}
