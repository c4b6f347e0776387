/** The Socket.IO server: transports, sizes, guards, adapter. Knows no feature. */
import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { limits } from '../../shared/limits.js';
import type { Logger } from '../platform/logger.js';
import type { AppIo } from './connection.js';
import { guardConnections } from './guardConnections.js';
import { tellInWholeFrames } from './wholeFrames.js';

type Adapter = Exclude<Parameters<AppIo['adapter']>[0], undefined>;

export interface IoOptions {
  /** Judges an `Origin` header. */
  isOwnOrigin(origin: string | undefined): boolean;
  /** Joins the nodes; without one this node is alone. */
  adapter: Adapter | undefined;
  log: Logger;
}

/** @param http - has its other listeners already: Socket.IO keeps its own path from those that were there before it, and only from those. */
export function createIo(http: HttpServer, { isOwnOrigin, adapter, log }: IoOptions): AppIo {
  const io: AppIo = new Server(http, {
    serveClient: false,
    maxHttpBufferSize: limits.socketFrameBytes,
    perMessageDeflate: false,
    // A browser that sleeps is found out within half a minute; its presence ends with it.
    pingInterval: 15_000,
    pingTimeout: 15_000,
    connectTimeout: 10_000,
    ...(adapter ? { adapter } : {}),
  });
  tellInWholeFrames(io);
  guardConnections(io, isOwnOrigin, log);
  return io;
}
