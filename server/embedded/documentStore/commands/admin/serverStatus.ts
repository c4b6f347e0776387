import { hostname } from 'node:os';
import { Double, Int32, Long } from 'bson';
import { openConnections, serverVersion } from './handshake.js';
import type { Command } from '../request.js';

const mebibyte = 1024 * 1024;

/** `serverStatus`: the process, its memory in MiB, its connections and open cursors. */
export const serverStatus: Command = {
  fields: ['repl', 'metrics', 'locks', 'opLatencies'],
  run({ store }) {
    return {
      host: hostname(), version: serverVersion, process: 'embedded document store', pid: Long.fromNumber(process.pid),
      uptime: new Double(Math.floor(process.uptime())), localTime: new Date(), storageEngine: { name: 'lmdb', persistent: true },
      mem: { bits: new Int32(64), resident: new Int32(Math.round(process.memoryUsage.rss() / mebibyte)), supported: true },
      connections: { current: new Int32(openConnections()) }, metrics: { cursor: { open: { total: Long.fromNumber(store.cursors.size) } } }, ok: new Int32(1),
    };
  },
};
