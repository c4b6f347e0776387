/** A WebRTC peer in this process: libwebrtc's own ICE, DTLS, VP8 and Opus under the stock mediasoup-client, on the door of `Stages`. */
import { randomInt, randomUUID } from 'node:crypto';
import wrtc from '@roamhq/wrtc';
import { Device, type types } from 'mediasoup-client';
import type { Stages } from '../../server/media/stages.js';
import { DtlsParameters, RtpCapabilities, RtpParameters, TrackSource, type ProduceTrack, type StageView } from '../../shared/contracts/live/stage.js';

// mediasoup-client's handler looks for the browser's classes where a browser has them.
const { RTCPeerConnection, RTCSessionDescription, MediaStream, MediaStreamTrack } = wrtc;
Object.assign(globalThis, { RTCPeerConnection, RTCSessionDescription, MediaStream, MediaStreamTrack });

// The bindings do not always survive Node's clean-up at a natural end of the process; an explicit exit goes without it.
process.once('beforeExit', () => process.exit());

const { RTCAudioSource, RTCVideoSink, RTCVideoSource } = wrtc.nonstandard;

/** What a peer asks, of stages themselves or, through a guest's socket, of a whole house. */
export type PeerDoor = Pick<Stages, 'join' | 'connect' | 'produce' | 'consume' | 'resume'>;

export interface PublishOptions {
  /** In how many layers a picture is announced; libwebrtc sends those that its size has room for. */
  layers?: number;
  picture?: Picture;
  /** Bits per second. */
  maxBitrate?: number;
  /** What is announced of layers within one encoding; this libwebrtc sends none. */
  scalabilityMode?: string;
}

export interface Picture {
  width: number;
  height: number;
  /** Squares that change one after another, as much work for an encoder as a person who talks. */
  isBusy: boolean;
}

export interface PeerOptions {
  workshopId: string;
  mayPresent?: boolean;
  connectionId?: string;
  /** `relay`: over nothing but the stage's relay. */
  iceTransportPolicy?: RTCIceTransportPolicy;
}

/** A track being received: its decoded frames, counted as they come. */
export interface Watched {
  consumer: types.Consumer;
  frames(): number;
  /** Resolves when `count` more frames have been decoded. */
  moreFrames(count: number): Promise<void>;
  /** RTP packets that came in over the peer's receive transport. */
  packets(): Promise<number>;
  /** Takes no more decoded frames over from libwebrtc, which costs more than to decode them. They come in as before. */
  lookAway(): void;
}

/** One guest with real media. `close()` ends its side only; `stages.leave` the server's. */
export interface Peer {
  connectionId: string;
  personId: string;
  workshopId: string;
  view: StageView;
  receive: types.Transport;
  send: types.Transport | null;
  device: types.Device;
  capabilities: RtpCapabilities;
  /** What was asked of `stages.produce` so far. */
  produced: ProduceTrack[];
  /** Sends a moving picture, or a tone. The producer's id is the track's. */
  publish(source?: TrackSource, options?: PublishOptions): Promise<types.Producer>;
  /** Requests for a keyframe that reached what the peer sends. */
  keyframeRequests(): Promise<number>;
  /** Consumes a track and leaves it paused. */
  attach(trackId: string): Promise<Watched>;
  /** Consumes a track and lets it flow. */
  watch(trackId: string): Promise<Watched>;
  close(): void;
}

const open = new Set<Peer>();

/** Closes every peer of a test. */
export function closePeers(): void {
  for (const peer of open) peer.close();
}

/** Joins a stage through the door and builds the browser's side of it. */
export async function joinAsPeer(stages: PeerDoor, { workshopId, mayPresent = false, connectionId = randomUUID(), iceTransportPolicy }: PeerOptions): Promise<Peer> {
  const personId = randomUUID().replaceAll('-', '').slice(0, 24);
  const view = await stages.join(workshopId, { connectionId, person: { id: personId, name: 'Peer', role: 'member' } }, mayPresent);
  const place = { workshopId, epoch: view.epoch };
  const device = new Device({ handlerName: 'Chrome111' });
  await device.load({ routerRtpCapabilities: view.routerRtpCapabilities });
  const capabilities = RtpCapabilities.parse(device.recvRtpCapabilities);
  const produced: ProduceTrack[] = [];
  const sources = new Set<() => void>();
  const sinks = new Set<() => void>();

  const wire = (transport: types.Transport): types.Transport => {
    transport.on('connect', ({ dtlsParameters }, done, fail) => {
      stages.connect(connectionId, { ...place, transportId: transport.id, dtlsParameters: DtlsParameters.parse(dtlsParameters) }).then(done, fail);
    });
    transport.on('produce', ({ kind, rtpParameters, appData }, done, fail) => {
      const input: ProduceTrack = { ...place, transportId: transport.id, clientTrackId: randomUUID(), kind, source: TrackSource.parse(appData['source']), rtpParameters: RtpParameters.parse(rtpParameters) };
      produced.push(input);
      stages.produce(connectionId, input).then(done, fail);
    });
    return transport;
  };
  const way = { iceServers: view.ice.servers, iceTransportPolicy };
  const receive = wire(device.createRecvTransport({ ...(view.receive as unknown as types.TransportOptions), ...way }));
  const send = view.send && wire(device.createSendTransport({ ...(view.send as unknown as types.TransportOptions), ...way }));

  const peer: Peer = {
    connectionId,
    personId,
    workshopId,
    view,
    receive,
    send,
    device,
    capabilities,
    produced,
    async publish(source = 'camera', { layers = 1, picture, maxBitrate, scalabilityMode } = {}) {
      if (!send) throw new Error('this peer may not present');
      const { track, stop } = source === 'camera' || source === 'screen' ? movingPicture(picture) : tone();
      sources.add(stop);
      const encodings = layers > 1 ? Array.from({ length: layers }, (_none, layer) => ({ scaleResolutionDownBy: 2 ** (layers - 1 - layer) })) : (maxBitrate ?? scalabilityMode) && [{ maxBitrate, scalabilityMode }];
      return send.produce({ track, stopTracks: false, ...(encodings && { encodings }), appData: { source } });
    },
    async keyframeRequests() {
      let requests = 0;
      const report = await send?.getStats();
      report?.forEach((row: { type: string; pliCount?: number; firCount?: number }) => (requests += row.type === 'outbound-rtp' ? (row.pliCount ?? 0) + (row.firCount ?? 0) : 0));
      return requests;
    },
    async attach(trackId) {
      const [consumerView] = await stages.consume(connectionId, { ...place, trackIds: [trackId], rtpCapabilities: capabilities });
      if (!consumerView) throw new Error(`the track ${trackId} cannot be consumed`);
      const consumer = await receive.consume({
        id: consumerView.id,
        producerId: trackId,
        kind: consumerView.kind,
        rtpParameters: consumerView.rtpParameters as unknown as types.RtpParameters,
      });
      const { watched, stop } = watchTrack(receive, consumer);
      sinks.add(stop);
      return watched;
    },
    async watch(trackId) {
      const watched = await peer.attach(trackId);
      await stages.resume(connectionId, { ...place, consumerIds: [watched.consumer.id] });
      return watched;
    },
    close() {
      open.delete(peer);
      for (const stop of [...sinks, ...sources]) stop();
      receive.close();
      send?.close();
    },
  };
  open.add(peer);
  return peer;
}

/** A grey picture that grows brighter with each frame, or a noisy one, 25 times a second. */
function movingPicture({ width, height, isBusy }: Picture = { width: 160, height: 120, isBusy: false }): { track: MediaStreamTrack; stop: () => void } {
  const source = new RTCVideoSource();
  const data = new Uint8Array((width * height * 3) / 2);
  let brightness = 0;
  const timer = setInterval(() => {
    if (isBusy) for (let change = 0; change < 8; change += 1) fillSquare(data, width, height);
    else data.fill((brightness = (brightness + 5) % 256), 0, width * height);
    source.onFrame({ width, height, data });
  }, 40);
  const track = source.createTrack();
  return {
    track,
    stop() {
      clearInterval(timer);
      track.stop();
    },
  };
}

/** Gives one square of the picture, somewhere, another brightness. */
function fillSquare(data: Uint8Array, width: number, height: number): void {
  const side = 16;
  const [left, top] = [randomInt(width - side), randomInt(height - side)];
  const brightness = randomInt(256);
  for (let row = top; row < top + side; row += 1) data.fill(brightness, row * width + left, row * width + left + side);
}

/** 440 Hz, in blocks of 10 ms as libwebrtc takes them. */
function tone(): { track: MediaStreamTrack; stop: () => void } {
  const sampleRate = 48_000;
  const source = new RTCAudioSource();
  let sample = 0;
  const timer = setInterval(() => {
    const samples = Int16Array.from({ length: sampleRate / 100 }, () => Math.sin((sample++ * 2 * Math.PI * 440) / sampleRate) * 8_000);
    source.onData({ samples, sampleRate, bitsPerSample: 16, channelCount: 1, numberOfFrames: samples.length });
  }, 10);
  const track = source.createTrack();
  return {
    track,
    stop() {
      clearInterval(timer);
      track.stop();
    },
  };
}

function watchTrack(transport: types.Transport, consumer: types.Consumer): { watched: Watched; stop: () => void } {
  let frames = 0;
  const waiting = new Set<() => void>();
  const sink = consumer.kind === 'video' ? new RTCVideoSink(consumer.track) : null;
  sink?.addEventListener('frame', () => {
    frames += 1;
    for (const look of waiting) look();
  });
  const watched: Watched = {
    consumer,
    frames: () => frames,
    moreFrames(count) {
      const goal = frames + count;
      return new Promise((resolve) => {
        const look = (): void => {
          if (frames < goal) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      });
    },
    async packets() {
      let packets = 0;
      const report = await transport.getStats();
      report.forEach((row: { type: string; packetsReceived?: number }) => (packets += row.type === 'inbound-rtp' ? (row.packetsReceived ?? 0) : 0));
      return packets;
    },
    lookAway: () => sink?.stop(),
  };
  return { watched, stop: () => sink?.stop() };
}
