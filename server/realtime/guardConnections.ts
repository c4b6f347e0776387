/** What is judged of a connection before a word of it is read: where it comes from, and how much it says. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError, failures } from '../../shared/failures.js';
import type { Logger } from '../platform/logger.js';
import type { AppIo, AppSocket } from './connection.js';

/** A person's client says a few dozen things in ten seconds, a busy host's a few hundred; what says more is no client of ours. */
const packetsMax = 600;
const windowMs = 10_000;

/**
 * Refuses foreign origins, and closes a connection that floods: its calls are limited by name and member, but nothing
 * else limits events that are no calls, are malformed, or are refused.
 *
 * @param isOwnOrigin - judges the `Origin` header of every request: opening, polling and upgrade alike.
 */
export function guardConnections(io: AppIo, isOwnOrigin: (origin: string | undefined) => boolean, log: Logger): void {
  io.engine.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
    if (isOwnOrigin(request.headers.origin)) next();
    else refuseOrigin(response);
  });
  io.engine.on('connection', (connection: AppSocket['conn']) => countPackets(connection, log));
}

/** An upgrade has no proper response; there, Engine.IO makes this the end of the connection. */
function refuseOrigin(response: ServerResponse): void {
  const { code, failure } = new AppError('origin.refused');
  response.writeHead(failures[code].status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ ok: false, failure }));
}

function countPackets(connection: AppSocket['conn'], log: Logger): void {
  let windowEndsAt = 0;
  let count = 0;
  connection.on('packet', () => {
    const now = performance.now();
    if (now > windowEndsAt) {
      windowEndsAt = now + windowMs;
      count = 0;
    }
    count += 1;
    if (count <= packetsMax) return;
    log.warn({ address: connection.remoteAddress }, 'a connection said too much at once and was closed');
    connection.close(true);
  });
}
