import { Int32 } from 'bson';
import { StoreFailure } from '../../failures.js';
import { isDoc, type Doc, type Value } from '../../values/bson.js';
import { checkFields } from '../request.js';

/** The refusal of one statement of a bulk. */
export interface WriteError { readonly index: number; readonly failure: StoreFailure }

/** One refusal as drivers read it. */
function viewWriteError({ index, failure }: WriteError): Doc {
  return { index: new Int32(index), code: new Int32(failure.code), errmsg: failure.message, ...(failure.details as Record<string, Value>) };
}

/** The part of a reply that tells the refusals; nothing when there are none. */
export function viewWriteErrors(errors: readonly WriteError[]): Doc {
  return errors.length === 0 ? {} : { writeErrors: errors.map(viewWriteError) };
}

/** Runs a step and gives its refusal instead of throwing it. Anything but a refusal is a fault and goes on up. */
export function refusalOf(step: () => void): StoreFailure | undefined {
  try {
    step();
    return undefined;
  } catch (error) {
    if (error instanceof StoreFailure) return error;
    throw error;
  }
}

/** The statements of a bulk. @throws InvalidLength (16) for none or more than 100,000 */
export function checkCount(statements: readonly Value[] | undefined, what: string): readonly Value[] {
  if (statements === undefined) throw new StoreFailure(40414, `BSON field '${what}' is missing but a required field`);
  if (statements.length === 0 || statements.length > 100_000) {
    throw new StoreFailure('InvalidLength', `Write batch sizes must be between 1 and 100000. Got ${statements.length} operations.`);
  }
  return statements;
}

/**
 * The statements of an update or delete command, each a document with a filter `q` and known fields. What is wrong with their
 * form refuses the whole command; what is wrong with their content refuses them one by one, later.
 * @throws InvalidLength (16), TypeMismatch (14), 40415
 */
export function readStatements(statements: readonly Value[] | undefined, what: string, fields: readonly string[]): readonly Doc[] {
  return checkCount(statements, what).map((statement) => {
    if (!isDoc(statement)) throw new StoreFailure('TypeMismatch', `the elements of ${what} must be objects`);
    checkFields('q', statement, fields);
    return statement;
  });
}
