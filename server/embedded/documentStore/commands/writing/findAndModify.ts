import { Int32 } from 'bson';
import { StoreFailure } from '../../failures.js';
import { parseSort } from '../../expressions/sortBy.js';
import { runChange, type Change } from '../../operations/change.js';
import { idOf } from '../../operations/inserting.js';
import { updateFound, upsert } from '../../operations/updating.js';
import { compileFilter } from '../../query/filter.js';
import { compileProjection } from '../../query/projection.js';
import { compileUpdate, type Update } from '../../update/compile.js';
import type { Doc, Value } from '../../values/bson.js';
import { readHint } from '../reading/find.js';
import { collectionName, contextOf, docField, flagField, listField, wholeField, type Command, type Request } from '../request.js';

interface Result { readonly value: Doc | null; readonly lastErrorObject: Doc }

/** `findAndModify`: changes or removes one document and answers with it, as it was or as it has become. */
export const findAndModify: Command = {
  fields: ['query', 'sort', 'remove', 'update', 'new', 'fields', 'upsert', 'collation', 'arrayFilters', 'hint', 'let', 'bypassDocumentValidation'],
  async run(request: Request) {
    const { value, lastErrorObject } = await runChange(request.store, changeOf(request, commandField(request.body)));
    return { lastErrorObject, value, ok: new Int32(1) };
  },
};

function commandField(body: Doc): string {
  return body['findAndModify'] === undefined ? 'findandmodify' : 'findAndModify';
}

function changeOf(request: Request, field: string): Change<Result> {
  const { body, db } = request;
  const removing = flagField(body, 'remove');
  const spec = body['update'] ?? undefined;
  if (removing === (spec !== undefined)) throw new StoreFailure('FailedToParse', removing ? 'Cannot specify both an update and remove=true' : 'Either an update or remove=true must be specified');
  if (removing && (flagField(body, 'new') || flagField(body, 'upsert'))) throw new StoreFailure('FailedToParse', "Cannot specify 'new' or 'upsert' with remove=true");
  const filter = docField(body, 'query') ?? {};
  const context = contextOf(docField(body, 'let'), docField(body, 'collation'));
  const fields = docField(body, 'fields');
  const project = fields === undefined || Object.keys(fields).length === 0 ? (doc: Doc): Doc => doc : compileProjection(fields, context, true);
  const update = spec === undefined ? undefined : compileUpdate({ filter, update: spec, arrayFilters: listField(body, 'arrayFilters') ?? [], multi: false, context });
  return {
    db, collection: collectionName(body, field), maxTime: wholeField(body, 'maxTimeMS', 0) ?? 0,
    wanted: { filter, context, matches: compileFilter(filter, context), sort: parseSort(docField(body, 'sort') ?? {}), hint: readHint(body), skip: 0, limit: 1 },
    apply(collection, [found]) {
      if (collection === undefined || found === undefined) return whenNone(request, field, filter, update, spec, project);
      if (update === undefined) {
        collection.delete(found, found.doc);
        return { value: project(found.doc), lastErrorObject: { n: new Int32(1) } };
      }
      const { after } = updateFound(collection, found, update);
      return { value: project(flagField(body, 'new') ? after : found.doc), lastErrorObject: { n: new Int32(1), updatedExisting: true } };
    },
    combine: (results) => results[0] as Result,
  };
}

function whenNone({ store, db, body }: Request, field: string, filter: Doc, update: Update | undefined, spec: Value | undefined, project: (doc: Doc) => Doc): Result {
  if (update === undefined) return { value: null, lastErrorObject: { n: new Int32(0) } };
  if (!flagField(body, 'upsert')) return { value: null, lastErrorObject: { n: new Int32(0), updatedExisting: false } };
  const made = upsert(store, { db, collection: collectionName(body, field) }, filter, update, spec ?? null);
  return { value: flagField(body, 'new') ? project(made) : null, lastErrorObject: { n: new Int32(1), updatedExisting: false, upserted: idOf(made) } };
}
