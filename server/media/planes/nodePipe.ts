/** One end of the pipe between two nodes: media that cannot be read on the way, with lost packets sent again. */
import { lookup } from 'node:dns/promises';
import type { PipeTransport, Router } from 'mediasoup/types';
import type { PipeEnd } from './pipeForms.js';

/** Where a node receives what other nodes pipe to it. */
export interface PipeListen {
  listenIp: string;
  /** Address or host name that other nodes send to. */
  address: string;
  /** First and last port that may be used; null leaves it to the worker. */
  ports: { min: number; max: number } | null;
}

export function openPipeEnd(router: Router, { listenIp, address, ports }: PipeListen): Promise<PipeTransport> {
  const listenInfo = { protocol: 'udp' as const, ip: listenIp, announcedAddress: address, ...(ports && { portRange: ports }) };
  return router.createPipeTransport({ listenInfo, enableRtx: true, enableSrtp: true });
}

export function viewPipeEnd({ tuple, srtpParameters }: PipeTransport): PipeEnd {
  if (!srtpParameters) throw new Error('a pipe between nodes has keys');
  return { ip: tuple.localAddress, port: tuple.localPort, srtpParameters };
}

/** Joins an end to the other one. The worker takes addresses only, so a name is looked up here. */
export async function connectPipeEnd(transport: PipeTransport, { ip, port, srtpParameters }: PipeEnd): Promise<void> {
  const { address } = await lookup(ip);
  await transport.connect({ ip: address, port, srtpParameters });
}
