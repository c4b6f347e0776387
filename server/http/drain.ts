/** Ends an HTTP server in order: replies under way finish, and nobody who merely holds a connection holds up the end. */
import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { RequestHandler } from 'express';

export interface Drain {
  /** Stands before every route: counts the reply among what is under way, until it is sent or its asker has gone. */
  follow: RequestHandler;
  /** Takes no more connections, lets idle ones go, and the others after their reply. */
  begin(): void;
  hasBegun(): boolean;
  /** Gives the connections that are left a moment to say goodbye, then cuts them off. */
  end(): Promise<void>;
}

/** How long a peer may take to answer a goodbye; one that is asleep or malicious never does. */
const goodbyeMs = 500;

/** @param underWay - where replies under way are kept, among others'. */
export function createDrain(http: Server, underWay: Set<Promise<void>>): Drain {
  const connections = new Set<Socket>();
  const unsent = new Set<ServerResponse>();
  let isDraining = false;
  const sayClose = (response: ServerResponse): void => {
    if (!response.headersSent) response.setHeader('Connection', 'close');
  };
  http.on('connection', (connection) => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
  });
  return {
    follow(_request, response, next) {
      if (isDraining) sayClose(response);
      const reply = new Promise<void>((resolve) => {
        response.once('close', resolve);
      });
      unsent.add(response);
      underWay.add(reply);
      void reply.then(() => unsent.delete(response) && underWay.delete(reply));
      next();
    },
    begin() {
      isDraining = true;
      for (const response of unsent) sayClose(response);
      http.close();
      http.closeIdleConnections();
    },
    hasBegun: () => isDraining,
    async end() {
      const gone = [...connections].map((connection) => new Promise<void>((resolve) => void connection.once('close', resolve)));
      await Promise.race([Promise.all(gone), new Promise<void>((resolve) => void setTimeout(resolve, goodbyeMs))]);
      for (const connection of connections) connection.destroy();
    },
  };
}
