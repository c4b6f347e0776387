/**
 * The failures this store can answer with. Codes and names are MongoDB's own (its `error_codes.yml`), so that drivers and
 * mongoose recognise them.
 */
const codeByName = {
  InternalError: 1,
  BadValue: 2,
  FailedToParse: 9,
  TypeMismatch: 14,
  Overflow: 15,
  InvalidLength: 16,
  IllegalOperation: 20,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  MaxTimeMSExpired: 50,
  DollarPrefixedFieldName: 52,
  EmptyFieldName: 56,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  CommandNotSupported: 115,
  NotAReplicaSet: 123,
  CannotBuildIndexKeys: 201,
  ConversionFailure: 241,
  CommandNotSupportedOnView: 166,
  ExceededMemoryLimit: 146,
  NotSingleValueField: 150,
  CannotIndexParallelArrays: 171,
  QueryExceededMemoryLimitNoDiskUseAllowed: 292,
  OutOfDiskSpace: 14031,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  ShutdownInProgress: 91,
  KeyTooLong: 17280,
} as const;

/** The name of a failure; its number stands in the table above. */
export type FailureName = keyof typeof codeByName;

/** A refusal as MongoDB words it: a code, the code's name, a plain text, and the fields some codes carry beside them. */
export class StoreFailure extends Error {
  readonly code: number;
  readonly codeName: string;
  readonly details: Readonly<Record<string, unknown>>;

  /**
   * @param kind a name from the table, or the bare number of a failure that MongoDB itself leaves unnamed ("Location40415")
   * @param details further fields of the reply, as `keyPattern` and `keyValue` of a duplicate key
   */
  constructor(kind: FailureName | number, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'StoreFailure';
    this.code = typeof kind === 'number' ? kind : codeByName[kind];
    this.codeName = typeof kind === 'number' ? `Location${kind}` : kind;
    this.details = details;
  }
}

/** The refusal of something MongoDB can do and this store does not: always told, never answered with a guess. */
export function notSupported(what: string): StoreFailure {
  return new StoreFailure('CommandNotSupported', `the embedded document store does not support ${what}`);
}
