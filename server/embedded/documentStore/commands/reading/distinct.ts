import { Int32 } from 'bson';
import { StoreFailure } from '../../failures.js';
import { Pace } from '../../operations/pace.js';
import { planFor, search } from '../../operations/search.js';
import type { Value } from '../../values/bson.js';
import { compareValues } from '../../values/compare.js';
import { encodeBound } from '../../values/keyEncoding.js';
import { splitPath, valuesAt } from '../../values/paths.js';
import { readWanted } from './find.js';
import { collectionName, wholeField, type Command } from '../request.js';

/** `distinct`: the different values of a field; the items of arrays count one by one. */
export const distinct: Command = {
  fields: ['key', 'query', 'collation', 'hint', 'rawData'],
  async run({ store, db, body }) {
    const key = body['key'];
    if (typeof key !== 'string') throw new StoreFailure('TypeMismatch', "BSON field 'distinct.key' must be a string");
    const wanted = readWanted(body, 'query');
    const collection = store.catalog.find(db, collectionName(body, 'distinct'));
    const path = splitPath(key);
    const { compare } = wanted.context;
    const values = new Map<string, Value>();
    if (collection === undefined) return { values: [], ok: new Int32(1) };
    for await (const chunk of search(store.engine, collection, planFor(collection, wanted), wanted, new Pace(wholeField(body, 'maxTimeMS', 0)), { keys: 0, documents: 0 })) {
      for (const { doc } of chunk) {
        for (const value of valuesAt(doc, path).flatMap((one) => (Array.isArray(one) ? one : [one]))) {
          if (value === undefined) continue;
          const same = compare === compareValues ? undefined : [...values].find(([, other]) => compare(other, value) === 0)?.[0];
          const id = same ?? encodeBound([value], []).toString('latin1');
          if (!values.has(id)) values.set(id, value);
        }
      }
    }
    return { values: [...values.values()].sort(compare), ok: new Int32(1) };
  },
};
