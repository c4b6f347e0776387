import { StoreFailure } from '../failures.js';
import { aggregate } from './reading/aggregate.js';
import { create, drop, dropDatabase, listCollections, listDatabases, renameCollection } from './admin/collections.js';
import { remove } from './writing/delete.js';
import { distinct } from './reading/distinct.js';
import { explain } from './reading/explain.js';
import { count, find, getMore, killCursors } from './reading/find.js';
import { findAndModify } from './writing/findAndModify.js';
import { buildInfo, endSessions, ping } from './admin/handshake.js';
import { createIndexes, dropIndexes, listIndexes } from './admin/indexes.js';
import { insert } from './writing/insert.js';
import { checkFields, type Command, type Reply, type Request } from './request.js';
import { serverStatus } from './admin/serverStatus.js';
import { collStats, dbStats } from './admin/stats.js';
import { update } from './writing/update.js';
import { validate } from './admin/validate.js';

/** Every command there is, beside hello, which the connection answers itself. */
const commands: ReadonlyMap<string, Command> = new Map<string, Command>(Object.entries({
  ping, buildInfo, buildinfo: buildInfo, endSessions, insert, find, getMore, killCursors, update, delete: remove, findAndModify, findandmodify: findAndModify,
  aggregate, count, distinct, explain, createIndexes, dropIndexes, deleteIndexes: dropIndexes, listIndexes, create, drop, dropDatabase, renameCollection,
  listCollections, listDatabases, collStats, dbStats, serverStatus, validate,
}));

const transactional = new Set(['commitTransaction', 'abortTransaction', 'prepareTransaction']);

/**
 * Runs a command.
 * @throws CommandNotFound (59) for one there is not, IllegalOperation (20) for transactions, and the command's own refusals
 */
export async function runCommand(request: Request): Promise<Reply> {
  const name = Object.keys(request.body)[0] ?? '';
  if (transactional.has(name)) throw new StoreFailure('IllegalOperation', 'Transaction numbers are only allowed on a replica set member or mongos');
  const command = commands.get(name);
  if (command === undefined) throw new StoreFailure('CommandNotFound', `no such command: '${name}'`);
  checkFields(name, request.body, command.fields);
  return command.run(request);
}
