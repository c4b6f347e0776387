/** The road that media takes between browsers and a house, which a test can cut: a relay of UDP packets on loopback. There is no way by TCP. */
import { createSocket, type RemoteInfo, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { freePort } from '../processes.js';

/** Where browsers are told to send to, and where the house listens: the same port on two addresses of this machine. */
const [near, far] = ['127.0.0.1', '127.0.0.2'];

export interface MediaRoad {
  /** What a house that is to be reached by this road alone is started with. */
  environment: Record<string, string>;
  /** Carries nothing more, either way. */
  cut(): void;
  mend(): void;
  /** Carries nothing more for whoever is on the road now, as after a change of network: only from a new address is there a way. */
  forget(): void;
  close(): Promise<void>;
}

export async function openMediaRoad(): Promise<MediaRoad> {
  const port = await freePort();
  let isCut = false;
  /** By the browser's own address; null for those that were forgotten. */
  const ways = new Map<string, UdpSocket | null>();

  const udp = createSocket('udp4').bind(port, near);
  udp.on('message', (packet, from) => {
    if (isCut) return;
    const name = `${from.address}:${from.port}`;
    if (!ways.has(name)) ways.set(name, openWay(name, from));
    ways.get(name)?.send(packet, port, far);
  });
  const openWay = (name: string, { address, port: from }: RemoteInfo): UdpSocket => {
    const way = createSocket('udp4').bind(0, near);
    way.on('message', (packet) => {
      if (!isCut && ways.get(name) === way) udp.send(packet, from, address);
    });
    return way;
  };
  await once(udp, 'listening');

  const forget = (): void => {
    for (const [from, way] of ways) {
      way?.close();
      ways.set(from, null);
    }
  };
  return {
    environment: { MEDIA_PORT: String(port), MEDIA_WORKERS: '1', MEDIA_LISTEN_IP: far, MEDIA_ANNOUNCED_ADDRESS: near },
    cut() {
      isCut = true;
      },
    mend() {
      isCut = false;
    },
    forget,
    async close() {
      forget();
      udp.close();
      await once(udp, 'close');
    },
  };
}
