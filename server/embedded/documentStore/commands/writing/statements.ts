import { changeLong, changeNow, type Change } from '../../operations/change.js';
import type { Store } from '../../store.js';
import { StoreFailure } from '../../failures.js';
import { refusalOf, type WriteError } from './bulk.js';

/** A statement of a bulk, made into a change only when its turn comes: then its own refusals are its own. */
export type Statement<R> = () => Change<R>;

/** What became of each statement, in order; refused ones are missing in `results`. */
export interface Outcome<R> { readonly results: ReadonlyMap<number, R>; readonly errors: readonly WriteError[] }

/**
 * Runs the statements of an update or delete command: as many as possible in one job (and so with one fsync), those with a long
 * search on their own between.
 */
export async function runStatements<R>(store: Store, statements: readonly Statement<R>[], ordered: boolean): Promise<Outcome<R>> {
  const results = new Map<number, R>();
  const errors: WriteError[] = [];
  for (let next = 0; next < statements.length && !(ordered && errors.length > 0); ) {
    const job = await store.engine.write(() => runSome(store, statements, next, ordered));
    for (const [index, result] of job.results) results.set(index, result);
    errors.push(...job.errors);
    next = job.next;
    if (job.long !== undefined) {
      const index = next;
      try {
        results.set(index, await changeLong(store, job.long));
      } catch (error) {
        if (!(error instanceof StoreFailure)) throw error;
        errors.push({ index, failure: error });
      }
      next += 1;
    }
  }
  return { results, errors };
}

function runSome<R>(store: Store, statements: readonly Statement<R>[], from: number, ordered: boolean) {
  const results = new Map<number, R>();
  const errors: WriteError[] = [];
  const perJob = 1000;
  for (let index = from; index < statements.length; index += 1) {
    if (index - from >= perJob) return { results, errors, next: index, long: undefined };
    let long: Change<R> | undefined;
    const failure = refusalOf(() => {
      const change = (statements[index] as Statement<R>)();
      const done = changeNow(store, change);
      if (done === undefined) long = change;
      else results.set(index, done.result);
    });
    if (long !== undefined) return { results, errors, next: index, long: long };
    if (failure !== undefined) errors.push({ index, failure });
    if (failure !== undefined && ordered) return { results, errors, next: statements.length, long: undefined };
  }
  return { results, errors, next: statements.length, long: undefined };
}
