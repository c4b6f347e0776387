import { StoreFailure } from '../../failures.js';
import type { Wanted } from '../../operations/search.js';
import { isDoc, type Doc } from '../../values/bson.js';
import { readWanted } from './find.js';
import { listField } from '../request.js';

/** The search of the one statement of an explained update or delete. @throws InvalidLength (16) for several */
export function readStatement(body: Doc, field: string): Wanted {
  const statements = listField(body, field) ?? [];
  const [statement] = statements;
  if (statements.length !== 1 || !isDoc(statement)) throw new StoreFailure('InvalidLength', 'explain takes exactly one statement');
  return readWanted({ ...statement, ...(body['let'] === undefined ? {} : { let: body['let'] }) }, 'q');
}
