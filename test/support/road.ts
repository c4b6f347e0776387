/** The road between browsers and a house, which a test can cut or let fall silent: a TCP proxy of real sockets. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Road {
  port: number;
  /** Leads to the house on this port from now on. */
  leadTo(port: number): void;
  /** Ends every connection, and lets none through. */
  cut(): void;
  /** Whatever is open stays so and carries nothing more, as after a change of network; new connections are let through. */
  fallSilent(): void;
  mend(): void;
  close(): Promise<void>;
}

export async function openRoad(): Promise<Road> {
  const open = new Set<Socket>();
  let target = 0;
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(target, '127.0.0.1');
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        open.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  const cut = (): void => {
    isCut = true;
    for (const socket of open) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    leadTo(port) {
      target = port;
    },
    cut,
    fallSilent() {
      for (const socket of open) socket.unpipe().removeAllListeners('data').resume();
    },
    mend() {
      isCut = false;
    },
    async close() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
