import { Double, Int32 } from 'bson';
import { StoreFailure } from '../../failures.js';
import { Pace } from '../../operations/pace.js';
import { planFor, search, type Wanted } from '../../operations/search.js';
import type { Plan } from '../../planner/plan.js';
import type { Store } from '../../store.js';
import { isDoc, type Doc } from '../../values/bson.js';
import { readWanted } from './find.js';
import { collectionName, contextOf, docField, listField, type Command } from '../request.js';
import { takeApart } from './takeApart.js';
import { readStatement } from './explainStatement.js';

/** Tells how a search would go, and with another verbosity than "queryPlanner" how it went. */
export async function explainSearch(store: Store, db: string, name: string, wanted: Wanted, verbosity: string): Promise<Doc> {
  const collection = store.catalog.find(db, name);
  const plan: Plan = collection === undefined ? { kind: 'collection', reverse: false, sorted: wanted.sort.length === 0 } : planFor(collection, wanted);
  const effort = { keys: 0, documents: 0 };
  let returned = 0;
  const started = performance.now();
  if (verbosity !== 'queryPlanner' && collection !== undefined) {
    for await (const found of search(store.engine, collection, plan, wanted, new Pace(), effort)) returned += found.length;
  }
  const stats = {
    executionSuccess: true, nReturned: new Int32(returned), executionTimeMillis: new Int32(Math.round(performance.now() - started)),
    totalKeysExamined: new Int32(effort.keys), totalDocsExamined: new Int32(effort.documents),
  };
  return {
    explainVersion: '1',
    queryPlanner: { namespace: `${db}.${name}`, parsedQuery: wanted.filter, winningPlan: viewPlan(plan), rejectedPlans: [] },
    ...(verbosity === 'queryPlanner' ? {} : { executionStats: stats }),
    ok: new Double(1),
  };
}

function viewPlan(plan: Plan): Doc {
  const access: Doc = plan.kind === 'collection'
    ? { stage: 'COLLSCAN', direction: plan.reverse ? 'backward' : 'forward' }
    : {
        stage: 'FETCH',
        inputStage: {
          stage: 'IXSCAN', keyPattern: plan.index.definition.key, indexName: plan.index.definition.name, isMultiKey: plan.index.definition.multikey,
          isUnique: plan.index.definition.unique, isSparse: plan.index.definition.sparse, isPartial: plan.index.definition.partialFilterExpression !== undefined,
          direction: plan.reverse ? 'backward' : 'forward', indexBounds: plan.bounds,
        },
      };
  return plan.sorted ? access : { stage: 'SORT', inputStage: access };
}

/** `explain`: how another command would find its documents. */
export const explain: Command = {
  fields: ['verbosity'],
  run({ store, db, body }) {
    const inner = body['explain'];
    const verbosity = typeof body['verbosity'] === 'string' ? body['verbosity'] : 'allPlansExecution';
    if (!isDoc(inner)) throw new StoreFailure('TypeMismatch', 'explain needs a command');
    if (!['queryPlanner', 'executionStats', 'allPlansExecution'].includes(verbosity)) throw new StoreFailure('FailedToParse', `verbosity string must be 'queryPlanner', 'executionStats' or 'allPlansExecution'`);
    const name = Object.keys(inner)[0] ?? '';
    const read = readers.get(name);
    if (read === undefined) throw new StoreFailure('CommandNotFound', `Explain failed due to unknown command: ${name}`);
    return explainSearch(store, db, collectionName(inner, name), read(inner), verbosity);
  },
};

const readers: ReadonlyMap<string, (body: Doc) => Wanted> = new Map<string, (body: Doc) => Wanted>([
  ['find', (body) => readWanted(body, 'filter')],
  ['count', (body) => readWanted(body, 'query')],
  ['distinct', (body) => readWanted(body, 'query')],
  ['findAndModify', (body) => ({ ...readWanted(body, 'query'), limit: 1 })],
  ['findandmodify', (body) => ({ ...readWanted(body, 'query'), limit: 1 })],
  ['aggregate', (body) => takeApart(listField(body, 'pipeline') ?? [], contextOf(docField(body, 'let'), docField(body, 'collation')), body['hint']).wanted],
  ['update', (body) => readStatement(body, 'updates')],
  ['delete', (body) => readStatement(body, 'deletes')],
]);

