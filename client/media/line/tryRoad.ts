/** Tries one road to the server that this page is connected to, over a transport that is made for it and thrown away. */
import { Device, type types } from 'mediasoup-client';
import { call } from '../../api/socket.js';
import { doctor, type TrialView } from '../../../shared/contracts/live/doctor.js';
import { DtlsParameters } from '../../../shared/contracts/live/stage.js';
import type { LineMeasure } from './lineVerdict.js';
import { measureLine } from './measureLine.js';
import { rowsOf } from './networkQuality.js';

/** An address at which one side can be reached, as ICE found it (RFC 8445). */
export interface Candidate {
  side: 'browser' | 'server';
  /** `host`, `srflx`, `prflx` or `relay`. */
  kind: string;
  protocol: string;
  /** Browsers hide their own behind a name that only their network resolves, or altogether. */
  address: string;
  port: number;
}

export interface RoadTrial {
  /** Null where nothing comes through. */
  measure: LineMeasure | null;
  candidates: Candidate[];
}

/** Takes about three seconds, and up to twelve where nothing comes through. The trial is offered no other road than this one. */
export async function tryRoad(road: LineMeasure['road']): Promise<RoadTrial> {
  const view = await call(doctor.open, {});
  const device = await Device.factory();
  await device.load({ routerRtpCapabilities: view.routerRtpCapabilities });
  const receive = device.createRecvTransport(optionsFor(road, view));
  const trial = { transportId: receive.id };
  receive.on('connect', ({ dtlsParameters }, done, fail) => {
    call(doctor.connect, { ...trial, dtlsParameters: DtlsParameters.parse(dtlsParameters) }).then(done, fail);
  });
  try {
    const measure = await measureLine(device, receive, {
      probe: (rtpCapabilities) => call(doctor.probe, { ...trial, rtpCapabilities }),
      resume: (consumerId) => call(doctor.resume, { ...trial, consumerId }),
    });
    return { measure, candidates: [...ofServer(optionsFor(road, view).iceCandidates), ...(await ofBrowser(receive))] };
  } finally {
    receive.close();
  }
}

function optionsFor(road: LineMeasure['road'], { receive, ice }: TrialView): types.TransportOptions {
  // The contract hands mediasoup's own parameters through unread; mediasoup-client checks them itself.
  const options = receive as unknown as types.TransportOptions;
  if (road === 'relay') return { ...options, iceServers: ice.servers, iceTransportPolicy: 'relay' };
  return { ...options, iceCandidates: options.iceCandidates.filter(({ protocol }) => protocol === road) };
}

function ofServer(candidates: types.IceCandidate[]): Candidate[] {
  return candidates.map(({ type, protocol, address, port }) => ({ side: 'server', kind: type, protocol, address, port }));
}

async function ofBrowser(transport: types.Transport): Promise<Candidate[]> {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return rowsOf(await transport.getStats())
    .filter(({ type }) => type === 'local-candidate')
    .map(({ candidateType, protocol, address, port }) => ({ side: 'browser', kind: text(candidateType), protocol: text(protocol), address: text(address), port: Number(port ?? 0) }));
}
