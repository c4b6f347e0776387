/**
 * The stages of one node in a process of their own, out of the built house: `{ id, act, args }` is asked of them, and
 * `{ id, answer }` or `{ id, failure }` says what came of it. Started with the Redis's address and the lease's length.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { onLoopback } from './onLoopback.mjs';

/** @param {string} file */
const built = (file) => import(pathToFileURL(path.resolve('dist/server', file)).href);

const [redisUrl, leaseMs] = process.argv.slice(2);
const { createStages } = await built('media/createStages.js');
const { redisStageLeases } = await built('media/redisStageLeases.js');
const { createBus } = await built('platform/bus.js');
const { createNodes } = await built('platform/cluster/nodes.js');
const { createLogger } = await built('platform/logger.js');
const { connectRedis, redisWire } = await built('platform/redis.js');

const log = createLogger('silent');
const links = connectRedis(redisUrl, log);
const bus = createBus(redisWire(links, log), log);
const stages = createStages({
  ...onLoopback,
  bus,
  log,
  nodes: createNodes(links.ask, bus.nodeId, log),
  leases: redisStageLeases(links.ask, Number(leaseMs)),
  provide: async () => ({ bin: process.env['MEDIASOUP_WORKER_BIN'] }),
  onNews() {},
});
stages.onStatus((/** @type {{ state: string }} */ { state }) => process.send?.({ state }));

process.on('message', (/** @type {{ id: number, act: string, args: unknown[] }} */ { id, act, args }) => {
  stages[act](...args).then(
    (/** @type {unknown} */ answer) => process.send?.({ id, answer: answer ?? null }),
    (/** @type {{ failure?: unknown }} */ { failure }) => process.send?.({ id, failure: failure ?? { code: 'server.broke', data: {} } }),
  );
});
process.once('disconnect', () => process.exit());
