/**
 * The parts of MongoDB's unified test format that CRUD test files use
 * (github.com/mongodb/specifications, source/unified-test-format/unified-test-format.md).
 */

/** Any JSON value, extended JSON already read. */
export type Json = unknown;

/** A JSON object. */
export type JsonObject = Record<string, unknown>;

/** When a file or test applies; one of several must hold. */
export interface Requirement {
  readonly minServerVersion?: string;
  readonly maxServerVersion?: string;
  readonly topologies?: readonly string[];
  readonly serverless?: 'require' | 'forbid' | 'allow';
  readonly auth?: boolean;
  readonly authMechanism?: string;
  readonly csfle?: unknown;
  readonly serverParameters?: JsonObject;
}

/** The stable API a client declares. */
export interface ServerApi { readonly version: '1'; readonly strict?: boolean; readonly deprecationErrors?: boolean }

/** A thing a test works with; exactly one field is there. */
export interface EntitySpec {
  readonly client?: { readonly id: string; readonly observeEvents?: readonly string[]; readonly uriOptions?: JsonObject; readonly ignoreCommandMonitoringEvents?: readonly string[]; readonly serverApi?: ServerApi };
  readonly database?: { readonly id: string; readonly client: string; readonly databaseName: string; readonly databaseOptions?: JsonObject };
  readonly collection?: { readonly id: string; readonly database: string; readonly collectionName: string; readonly collectionOptions?: JsonObject };
  readonly session?: { readonly id: string; readonly client: string; readonly sessionOptions?: JsonObject };
}

/** What an operation must fail with. */
export interface ExpectedError {
  readonly isError?: boolean;
  readonly isClientError?: boolean;
  readonly errorContains?: string;
  readonly errorCode?: number;
  readonly errorCodeName?: string;
  readonly errorResponse?: JsonObject;
  readonly expectResult?: Json;
  readonly isTimeoutError?: boolean;
  /** By the index of the write; for the client's bulkWrite. */
  readonly writeErrors?: JsonObject;
  readonly writeConcernErrors?: readonly Json[];
  readonly errorLabelsContain?: readonly string[];
  readonly errorLabelsOmit?: readonly string[];
}

/** One step of a test. */
export interface Operation {
  readonly name: string;
  readonly object: string;
  readonly arguments?: JsonObject;
  readonly expectResult?: Json;
  readonly expectError?: ExpectedError;
  readonly ignoreResultAndError?: boolean;
  readonly saveResultAsEntity?: string;
}

/** What may be expected of each command event. */
interface CommandExpectation { readonly commandName?: string; readonly databaseName?: string; readonly hasServiceId?: boolean; readonly hasServerConnectionId?: boolean }

/** One expected monitoring event; exactly one field is there. */
export interface ExpectedEvent {
  readonly commandStartedEvent?: CommandExpectation & { readonly command?: JsonObject };
  readonly commandSucceededEvent?: CommandExpectation & { readonly reply?: JsonObject };
  readonly commandFailedEvent?: CommandExpectation;
}

/** Documents of one collection. */
export interface CollectionData {
  readonly databaseName: string;
  readonly collectionName: string;
  readonly documents: readonly JsonObject[];
  readonly createOptions?: JsonObject;
}

/** One case. */
export interface TestCase {
  readonly description: string;
  readonly runOnRequirements?: readonly Requirement[];
  readonly skipReason?: string;
  readonly operations: readonly Operation[];
  readonly expectEvents?: readonly { readonly client: string; readonly events: readonly ExpectedEvent[]; readonly eventType?: string; readonly ignoreExtraEvents?: boolean }[];
  readonly outcome?: readonly CollectionData[];
}

/** One file. */
export interface TestFile {
  readonly description: string;
  readonly schemaVersion: string;
  readonly runOnRequirements?: readonly Requirement[];
  readonly createEntities?: readonly EntitySpec[];
  readonly initialData?: readonly CollectionData[];
  readonly tests: readonly TestCase[];
}
