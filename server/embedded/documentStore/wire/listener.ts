import { lstat, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import type { Store } from '../store.js';
import { Connection } from './connection.js';

/** Where to listen: a port of 127.0.0.1 (0 for any free one), or a unix socket. Nothing else can be asked for. */
export type Place = { readonly port: number } | { readonly socket: string };

/** A store that can be reached. */
export interface Listener {
  /** A connection string for MongoDB drivers. */
  readonly uri: string;
  /** Answers what is in work, then closes every connection. */
  close(): Promise<void>;
}

/**
 * Serves a store to drivers.
 * @throws when the port or socket is taken
 */
export async function listen(store: Store, place: Place): Promise<Listener> {
  const connections = new Set<Connection>();
  const server = createServer((socket) => {
    const connection = new Connection(store, socket);
    connections.add(connection);
    socket.on('close', () => connections.delete(connection));
  });
  if ('socket' in place) await removeLeftSocket(place.socket);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    const listening = (): void => {
      server.off('error', reject);
      resolve();
    };
    if ('socket' in place) server.listen(place.socket, listening);
    else server.listen(place.port, '127.0.0.1', listening);
  });
  const host = 'socket' in place ? encodeURIComponent(place.socket) : `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    uri: `mongodb://${host}/?directConnection=true`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.all([...connections].map((connection) => connection.end()));
      await closed;
    },
  };
}

/** A store that was killed has left its socket behind. Anything else of that name is left alone, and listening is refused. */
async function removeLeftSocket(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found?.isSocket() === true) await rm(path, { force: true });
}
