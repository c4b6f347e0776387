/** A link to the document store that a test can cut: a TCP proxy of real sockets. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface FlakyLink {
  /** The store, through this link. */
  uri: string;
  /** The next write of messages reaches the store, but its answer is lost with the connection. */
  loseNextAnswer(): void;
  /** As `loseNextAnswer`, and the store cannot be reached from then on. */
  loseNextAnswerAndStay(): void;
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** @param storeUri - a store on a loopback port. */
export async function openFlakyLink(storeUri: string): Promise<FlakyLink> {
  const target = new URL(storeUri);
  const open = new Set<Socket>();
  let isCut = false;
  let loss: 'once' | 'stay' | null = null;

  const cut = (): void => {
    isCut = true;
    for (const socket of open) socket.destroy();
  };

  const server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(Number(target.port), target.hostname);
    let isLosing = false;
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        open.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.on('data', (bytes: Buffer) => {
      isLosing ||= loss !== null && bytes.includes('insert') && bytes.includes('messages');
      far.write(bytes);
    });
    far.on('data', (bytes: Buffer) => {
      if (!isLosing) {
        near.write(bytes);
        return;
      }
      // The store has answered, so the write stands; nobody on this side will hear of it.
      if (loss === 'stay') cut();
      loss = null;
      near.destroy();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  const uri = new URL(storeUri);
  uri.port = String((server.address() as AddressInfo).port);
  // A driver that took the store for part of a replica set would go to the address which that gives, past the link.
  uri.search = '?directConnection=true';
  return {
    uri: uri.href,
    loseNextAnswer: () => {
      loss = 'once';
    },
    loseNextAnswerAndStay: () => {
      loss = 'stay';
    },
    cut,
    mend: () => {
      isCut = false;
    },
    async close() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
