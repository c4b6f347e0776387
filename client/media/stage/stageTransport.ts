/** One WebRTC transport of the stage: signalling wired, and mended when the network changes under it. */
import type { types } from 'mediasoup-client';
import { OfflineError } from '../../api/http.js';
import { call } from '../../api/socket.js';
import { onNetworkChange, onNetworkLost } from '../../api/wake.js';
import { DtlsParameters, RtpParameters, TrackSource, stage, type IceServers, type ProduceTrack, type TransportView } from '../../../shared/contracts/live/stage.js';
import { ClientId } from '../../../shared/ids.js';
import type { Road } from './stageState.js';

/** A broken line often comes back by itself; only after this long is a new path asked for. Milliseconds. */
const patience = 3_000;
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

export interface TransportEvents {
  roadChanged: (road: Road) => void;
  /** The transport is lost for good: join again. */
  lost: () => void;
}

/**
 * Opens one direction over what `stage.join` answered. The caller closes the transport.
 *
 * @throws {TypeError} when the server's parameters make no sense to mediasoup-client.
 */
export function openTransport(device: types.Device, direction: 'send' | 'receive', view: TransportView, { relays, ...place }: Way, events: TransportEvents): types.Transport {
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
  mendWhenBroken(transport, place, relays.length > 0, events);
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

/** @param isRelayed - there is a relay, whose credentials may have run out by now. */
function mendWhenBroken(transport: types.Transport, place: StagePlace, isRelayed: boolean, events: TransportEvents): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tellRoad = () => {
    if (transport.connectionState === 'connected') events.roadChanged('connected');
    if (transport.connectionState === 'disconnected') events.roadChanged('mending');
  };
  const mend = async () => {
    try {
      if (isRelayed) await transport.updateIceServers({ iceServers: (await call(stage.refreshIce, { workshopId: place.workshopId })).servers });
      const { iceParameters } = await call(stage.restartIce, { ...place, transportId: transport.id });
      if (!transport.closed) await transport.restartIce({ iceParameters: iceParameters as unknown as types.IceParameters });
      tellRoad();
    } catch {
      // Whatever the reason, this transport cannot be mended; a new one can be had.
      if (!transport.closed) events.lost();
    }
  };
  transport.on('connectionstatechange', (state) => {
    clearTimeout(timer);
    tellRoad();
    if (state === 'disconnected') timer = setTimeout(() => void mend(), patience);
    if (state === 'failed') events.lost();
  });
  const isUnderWay = () => transport.connectionState !== 'new';
  const offs = [
    onNetworkLost(() => isUnderWay() && events.roadChanged('mending')),
    // The old path is not waited for: it went over a network that is no longer there.
    onNetworkChange(() => {
      clearTimeout(timer);
      if (isUnderWay()) void mend();
    }),
  ];
  transport.observer.on('close', () => {
    clearTimeout(timer);
    for (const off of offs) off();
  });
}
