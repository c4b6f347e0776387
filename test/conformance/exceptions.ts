import type { JsonObject, TestCase, TestFile } from './unifiedFormat.js';

/** Cases that are not run, by what they need, each with its reason. What a row does not name is run and must pass. */
interface Exception {
  readonly reason: string;
  readonly applies: (test: TestCase, file: TestFile) => boolean;
}

const usesStage = (...names: string[]) => ({ operations }: TestCase): boolean =>
  operations.some(({ arguments: args }) => Array.isArray(args?.['pipeline']) && args['pipeline'].some((stage: object) => Object.keys(stage).some((name) => names.includes(name))));

const uses = (...names: string[]) => (test: TestCase): boolean => test.operations.some(({ name }) => names.includes(name));

/** Writes that would store a document whose `_id` is null, by the driver's insert helpers. */
const insertsNullId = ({ operations }: TestCase): boolean => operations.some(({ arguments: args }) => documentsIn(args).some((document) => document['_id'] === null));

function documentsIn({ document, documents, requests }: JsonObject = {}): JsonObject[] {
  const inserted = Array.isArray(requests) ? (requests as { insertOne?: { document: JsonObject } }[]).flatMap(({ insertOne }) => (insertOne === undefined ? [] : [insertOne.document])) : [];
  return [...(document === undefined ? [] : [document as JsonObject]), ...((documents ?? []) as JsonObject[]), ...inserted];
}

/** Expects to see `bypassDocumentValidation: false` in a command of a helper that sends only true. */
const expectsBypassFalse = ({ operations, expectEvents = [] }: TestCase): boolean =>
  operations.some(({ name, arguments: args }) => args?.['bypassDocumentValidation'] === false && ['aggregate', 'bulkWrite', 'insertMany', 'findOneAndReplace', 'findOneAndUpdate'].includes(name))
  && expectEvents.some(({ events }) => events.some(({ commandStartedEvent }) => commandStartedEvent?.command?.['bypassDocumentValidation'] === false));

/** The one table of exceptions. */
export const exceptions: readonly Exception[] = [
  {
    reason: 'fail points are switches inside a test build of mongod, which make it fail on command; they test the driver, not a server',
    applies: uses('failPoint', 'targetedFailPoint'),
  },
  {
    reason: 'the Node.js driver puts an ObjectId in the place of an _id that is null before it sends an insert; the server never sees the null (the suite sends one itself)',
    applies: insertsNullId,
  },
  {
    reason: 'these helpers of the Node.js driver send bypassDocumentValidation only when it is true; the case tests the driver',
    applies: expectsBypassFalse,
  },
  {
    reason: 'transactions are refused with IllegalOperation (20)',
    applies: uses('startTransaction', 'commitTransaction', 'abortTransaction', 'withTransaction'),
  },
  {
    reason: 'the Node.js driver has no mapReduce any more, and the store refuses the command as unknown',
    applies: uses('mapReduce'),
  },
  {
    reason: 'change streams need an oplog; this store has none, and refuses $changeStream',
    applies: uses('createChangeStream'),
  },
  {
    reason: 'pre- and post-images exist for change streams only; collMod is refused as an unknown command',
    applies: uses('modifyCollection'),
  },
  {
    reason: 'sessions carry nothing in this store, so that there are none to list; the stages that would are refused',
    applies: usesStage('$listLocalSessions', '$listSessions'),
  },
  {
    reason: 'views are refused when they are made: create with "viewOn" is answered with CommandNotSupported',
    applies: ({ operations }) => operations.some(({ name, arguments: args }) => name === 'createCollection' && args?.['viewOn'] !== undefined),
  },
];

/** Why a case is not run; undefined when it is. */
export function exceptionFor(test: TestCase, file: TestFile): string | undefined {
  return test.skipReason ?? exceptions.find(({ applies }) => applies(test, file))?.reason;
}
