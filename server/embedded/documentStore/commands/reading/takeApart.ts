import { Int32 } from 'bson';
import type { Context } from '../../expressions/context.js';
import { parseSort } from '../../expressions/sortBy.js';
import type { Wanted } from '../../operations/search.js';
import { compileFilter } from '../../query/filter.js';
import { isDoc, type Doc, type Value } from '../../values/bson.js';

/** A pipeline taken apart: what the planner can serve, the stages after it, and where the result goes. */
export interface Parts {
  readonly wanted: Wanted;
  readonly stages: readonly Value[];
  readonly output: Doc | undefined;
}

/** Takes a leading `$match`, and a `$sort` and `$limit` right behind it, for the planner, and a final `$out` or `$merge` off. */
export function takeApart(pipeline: readonly Value[], context: Context, hint: Wanted['hint']): Parts {
  const last = pipeline.at(-1);
  const output = isDoc(last) && (Object.hasOwn(last, '$out') || Object.hasOwn(last, '$merge')) ? last : undefined;
  const stages = output === undefined ? [...pipeline] : pipeline.slice(0, -1);
  const take = (name: string): Doc | undefined => {
    const [first] = stages;
    const argument = isDoc(first) && Object.keys(first).length === 1 ? first[name] : undefined;
    if (!isDoc(argument)) return undefined;
    stages.shift();
    return argument;
  };
  const filter = take('$match') ?? {};
  const sort = isDoc(stages[0]) && isDoc(stages[0]['$sort']) && Object.keys(stages[0]['$sort']).length > 0 ? (take('$sort') ?? {}) : {};
  return {
    wanted: { filter, context, matches: compileFilter(filter, context), sort: parseSort(sort), hint, skip: 0, limit: leadingLimit(stages) },
    stages, output,
  };
}

/** A `$limit` that comes first bounds the search too; the stage stays and checks its own argument. */
function leadingLimit(stages: readonly Value[]): number {
  const [first] = stages;
  const limit = isDoc(first) ? first['$limit'] : undefined;
  return limit instanceof Int32 && limit.value > 0 ? limit.value : Infinity;
}
