import { Int32 } from 'bson';
import { StoreFailure } from '../../failures.js';
import { ensureCollection, prepare } from '../../operations/inserting.js';
import { isDoc, type Value } from '../../values/bson.js';
import { checkCount, refusalOf, viewWriteErrors, type WriteError } from './bulk.js';
import { collectionName, flagField, listField, refuseFields, type Command, type Request } from '../request.js';

const documentsPerJob = 500;

/** `insert`: stores documents; ordered, it stops at the first refusal. */
export const insert: Command = {
  fields: ['documents', 'ordered', 'bypassDocumentValidation', 'rawData'],
  async run(request: Request) {
    const { store, body } = request;
    refuseFields(body, ['rawData']);
    const name = collectionName(body, 'insert');
    const documents = checkCount(listField(body, 'documents'), 'insert.documents');
    const ordered = flagField(body, 'ordered', true);
    const errors: WriteError[] = [];
    let n = 0;
    for (let from = 0; from < documents.length && !(ordered && errors.length > 0); from += documentsPerJob) {
      const done = await store.engine.write(() => insertSome(request, name, documents.slice(from, from + documentsPerJob), ordered));
      n += done.n;
      errors.push(...done.errors.map(({ index, failure }) => ({ index: index + from, failure })));
    }
    return { n: new Int32(n), ...viewWriteErrors(errors), ok: new Int32(1) };
  },
};

function insertSome({ store, db, raws }: Request, name: string, documents: readonly Value[], ordered: boolean): { n: number; errors: WriteError[] } {
  const errors: WriteError[] = [];
  let n = 0;
  const collection = ensureCollection(store, db, name);
  for (const [index, document] of documents.entries()) {
    const failure = refusalOf(() => {
      if (!isDoc(document)) throw new StoreFailure('TypeMismatch', 'documents must be objects');
      const { doc, raw } = prepare(document, raws.get(document));
      collection.insert(doc, raw);
      n += 1;
    });
    if (failure === undefined) continue;
    errors.push({ index, failure });
    if (ordered) break;
  }
  return { n, errors };
}
