/** The Socket.IO server: transports, sizes, origin, adapter. Knows no feature. */
import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { limits } from '../../shared/limits.js';
import type { SocketData } from './connection.js';

export type AppIo = Server<Record<string, never>, Record<string, never>, Record<string, never>, SocketData>;
type Adapter = Exclude<Parameters<AppIo['adapter']>[0], undefined>;

/**
 * @param isOwnOrigin - judges the `Origin` header; asked for polling requests and for the upgrade alike.
 * @param adapter - joins the nodes; without one this node is alone.
 */
export function createIo(http: HttpServer, isOwnOrigin: (origin: string | undefined) => boolean, adapter?: Adapter): AppIo {
  return new Server(http, {
    serveClient: false,
    maxHttpBufferSize: limits.socketFrameBytes,
    perMessageDeflate: false,
    // A browser that sleeps is found out within half a minute; its presence ends with it.
    pingInterval: 15_000,
    pingTimeout: 15_000,
    connectTimeout: 10_000,
    allowRequest: (request, decide) => {
      const allowed = isOwnOrigin(request.headers.origin);
      decide(allowed ? null : 'origin.refused', allowed);
    },
    ...(adapter ? { adapter } : {}),
  });
}
