/** One WebRTC transport of the stage: its signalling, and how it finds another path. */
import type { types } from 'mediasoup-client';
import { OfflineError } from '../../api/problems.js';
import { call } from '../../api/socket.js';
import { DtlsParameters, RtpParameters, TrackSource, stage, type IceServers, type ProduceTrack, type TransportView } from '../../../shared/contracts/live/stage.js';
import { ClientId } from '../../../shared/ids.js';
import { mendWhenBroken, type RoadEvents } from './roadMender.js';

/** How often a lost answer to `stage.produce` is asked for again. The name of the track makes it the same track. */
const produceRetries = 3;

/** What is needed to find a way: the stage, and the relays that may be used. */
export interface Way extends StagePlace {
  relays: IceServers['servers'];
}

/** Which stage the transport belongs to; every call names both. */
export interface StagePlace {
  workshopId: string;
  epoch: number;
}

/**
 * Opens one direction over what `stage.join` answered. The caller closes the transport.
 *
 * @throws {TypeError} when the server's parameters make no sense to mediasoup-client.
 */
export function openTransport(device: types.Device, direction: 'send' | 'receive', view: TransportView, way: Way, events: RoadEvents): types.Transport {
  const { relays, ...place } = way;
  // The contract hands mediasoup's own parameters through unread; mediasoup-client checks them itself.
  const options = { ...(view as unknown as types.TransportOptions), iceServers: relays };
  const transport = direction === 'send' ? device.createSendTransport(options) : device.createRecvTransport(options);

  transport.on('connect', ({ dtlsParameters }, done, fail) => {
    call(stage.connect, { ...place, transportId: transport.id, dtlsParameters: DtlsParameters.parse(dtlsParameters) }).then(done, fail);
  });
  if (direction === 'send') {
    transport.on('produce', ({ kind, rtpParameters, appData }, done, fail) => {
      produce(transport, place, { kind, rtpParameters: RtpParameters.parse(rtpParameters), source: TrackSource.parse(appData.source), clientTrackId: ClientId.parse(appData.clientTrackId) }).then(done, fail);
    });
  }
  mendWhenBroken(transport, () => restartIce(transport, way), events);
  return transport;
}

type Production = Omit<ProduceTrack, keyof StagePlace | 'transportId'>;

async function produce(transport: types.Transport, place: StagePlace, production: Production): Promise<{ id: string }> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call(stage.produce, { ...place, transportId: transport.id, ...production });
    } catch (error) {
      if (!(error instanceof OfflineError) || attempt === produceRetries || transport.closed) throw error;
    }
  }
}

/** Negotiates a new path for a transport. The relay's credentials come first: those of the joining may have run out by now. */
async function restartIce(transport: types.Transport, { relays, ...place }: Way): Promise<void> {
  if (relays.length > 0) await transport.updateIceServers({ iceServers: (await call(stage.refreshIce, { workshopId: place.workshopId })).servers });
  const { iceParameters } = await call(stage.restartIce, { ...place, transportId: transport.id });
  await transport.restartIce({ iceParameters: iceParameters as unknown as types.IceParameters });
}
