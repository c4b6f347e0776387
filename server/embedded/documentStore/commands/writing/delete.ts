import { Int32 } from 'bson';
import { StoreFailure } from '../../failures.js';
import type { Change } from '../../operations/change.js';
import { compileFilter } from '../../query/filter.js';
import type { Doc } from '../../values/bson.js';
import { readStatements, viewWriteErrors } from './bulk.js';
import { readHint } from '../reading/find.js';
import { collectionName, contextOf, docField, flagField, listField, refuseFields, wholeField, type Command, type Request } from '../request.js';
import { runStatements } from './statements.js';

/** `delete`: removes one or all documents each statement finds. */
export const remove: Command = {
  fields: ['deletes', 'ordered', 'let', 'rawData'],
  async run(request: Request) {
    const { store, body } = request;
    refuseFields(body, ['rawData']);
    const name = collectionName(body, 'delete');
    const deletes = readStatements(listField(body, 'deletes'), 'deletes', ['limit', 'collation', 'hint']);
    const { results, errors } = await runStatements(store, deletes.map((statement) => () => changeOf(request, name, statement)), flagField(body, 'ordered', true));
    return { n: new Int32([...results.values()].reduce((sum, n) => sum + n, 0)), ...viewWriteErrors(errors), ok: new Int32(1) };
  },
};

function changeOf({ db, body }: Request, collection: string, statement: Doc): Change<number> {
  const filter = docField(statement, 'q') ?? {};
  const limit = wholeField(statement, 'limit', 0);
  if (limit !== 0 && limit !== 1) throw new StoreFailure('FailedToParse', `The limit field in delete objects must be 0 or 1. Got ${String(limit)}`);
  const context = contextOf(docField(body, 'let'), docField(statement, 'collation'));
  return {
    db, collection, maxTime: wholeField(body, 'maxTimeMS', 0) ?? 0,
    wanted: { filter, context, matches: compileFilter(filter, context), sort: [], hint: readHint(statement), skip: 0, limit: limit === 1 ? 1 : Infinity },
    apply(target, found) {
      for (const one of found) target?.delete(one, one.doc);
      return found.length;
    },
    combine: (counts) => counts.reduce((sum, n) => sum + n, 0),
  };
}
