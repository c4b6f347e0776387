import { Int32 } from 'bson';
import type { Change } from '../../operations/change.js';
import { idOf } from '../../operations/inserting.js';
import { updateFound, upsert } from '../../operations/updating.js';
import { compileFilter } from '../../query/filter.js';
import { compileUpdate } from '../../update/compile.js';
import type { Doc, Value } from '../../values/bson.js';
import { readStatements, viewWriteErrors } from './bulk.js';
import { readHint } from '../reading/find.js';
import { collectionName, contextOf, docField, flagField, listField, refuseFields, wholeField, type Command, type Request } from '../request.js';
import { runStatements } from './statements.js';

interface Tally { readonly matched: number; readonly modified: number; readonly upserted?: Value }

/** `update`: changes documents by operators, replacements or pipelines. */
export const update: Command = {
  fields: ['updates', 'ordered', 'bypassDocumentValidation', 'let', 'rawData'],
  async run(request: Request) {
    const { store, body } = request;
    refuseFields(body, ['rawData']);
    const name = collectionName(body, 'update');
    const updates = readStatements(listField(body, 'updates'), 'updates', statementFields);
    const { results, errors } = await runStatements(store, updates.map((statement) => () => changeOf(request, name, statement)), flagField(body, 'ordered', true));
    const tallies = [...results.values()];
    const upserted = [...results].flatMap(([index, { upserted: id }]) => (id === undefined ? [] : [{ index: new Int32(index), _id: id }]));
    return {
      n: new Int32(tallies.reduce((n, { matched, upserted: id }) => n + matched + (id === undefined ? 0 : 1), 0)),
      nModified: new Int32(tallies.reduce((n, { modified }) => n + modified, 0)),
      ...(upserted.length === 0 ? {} : { upserted }),
      ...viewWriteErrors(errors),
      ok: new Int32(1),
    };
  },
};

const statementFields = ['u', 'c', 'upsert', 'multi', 'collation', 'arrayFilters', 'hint'];

function changeOf({ store, db, body }: Request, collection: string, statement: Doc): Change<Tally> {
  const filter = docField(statement, 'q') ?? {};
  const spec = statement['u'] ?? null;
  const multi = flagField(statement, 'multi');
  const context = contextOf({ ...docField(body, 'let'), ...docField(statement, 'c') }, docField(statement, 'collation'));
  const change = compileUpdate({ filter, update: spec, arrayFilters: listField(statement, 'arrayFilters') ?? [], multi, context });
  const upserting = flagField(statement, 'upsert');
  return {
    db, collection, maxTime: wholeField(body, 'maxTimeMS', 0) ?? 0,
    wanted: { filter, context, matches: compileFilter(filter, context), sort: [], hint: readHint(statement), skip: 0, limit: multi ? Infinity : 1 },
    apply(target, found) {
      if (target === undefined || found.length === 0) {
        return upserting ? { matched: 0, modified: 0, upserted: idOf(upsert(store, { db, collection }, filter, change, spec)) } : { matched: 0, modified: 0 };
      }
      return { matched: found.length, modified: found.filter((one) => updateFound(target, one, change).modified).length };
    },
    combine: (tallies) => tallies.reduce((sum, tally) => ({ ...sum, ...tally, matched: sum.matched + tally.matched, modified: sum.modified + tally.modified }), { matched: 0, modified: 0 }),
  };
}

