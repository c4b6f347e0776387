/** What one sees and hears of a stage, and what it costs its sender: real workers, real WebRTC. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import wrtc from '@roamhq/wrtc';
import { mediaCodecs } from '../../../server/media/mediaSettings.js';
import { createRelay } from '../../../server/media/relay.js';
import { lowestLayer } from '../../../server/media/stage/firstPicture.js';
import { readParameters } from '../../../server/media/stage/rtpForms.js';
import type { StageNews } from '../../../server/media/stages.js';
import { layeredParameters, layeredPicture, layerOf } from '../../support/media/layeredPicture.js';
import { closePeers, joinAsPeer, type Peer, type Watched } from '../../support/peer.js';
import { portsOf } from '../../support/media/ports.js';
import { openStages, type TestStages } from '../../support/peerStages.js';
import { startRelay } from '../../support/processes.js';

const secret = 'shared with the relay';
let relay: Awaited<ReturnType<typeof startRelay>>;
let stages: TestStages;
let workshopId: string;

beforeAll(async () => {
  relay = await startRelay(secret);
  stages = openStages({ layerSettleMs: 300, relay: createRelay({ urls: [relay.url], secret, now: () => new Date() }) });
  await stages.becomes('ready');
});
afterEach(() => closePeers());
afterAll(async () => {
  await stages.close();
  await relay.stop();
});

async function hostOn(): Promise<Peer> {
  workshopId = randomUUID().replaceAll('-', '').slice(0, 24);
  return joinAsPeer(stages, { workshopId, mayPresent: true });
}
const viewer = (): Promise<Peer> => joinAsPeer(stages, { workshopId });
/** How many places a relay gives to whoever comes with these credentials. */
async function relaysFor(server: RTCIceServer): Promise<number> {
  const connection = new wrtc.RTCPeerConnection({ iceServers: [server], iceTransportPolicy: 'relay' });
  let places = 0;
  const gathered = new Promise<void>((resolve) => {
    connection.onicecandidate = ({ candidate }) => {
      if (candidate?.candidate) places += 1;
      if (!candidate) resolve();
    };
  });
  connection.createDataChannel('probe');
  await connection.setLocalDescription(await connection.createOffer());
  await gathered;
  connection.close();
  return places;
}

const at = (peer: Peer) => ({ workshopId, epoch: peer.view.epoch });

/** What the sender of a track was told, from the `from`th time on; waits for one more that says `topLayer`. */
async function toldToSend(trackId: string, topLayer: number | null, from: number): Promise<number> {
  const said = (): (StageNews & { kind: 'layersNeeded' })[] => stages.told.filter((news) => news.kind === 'layersNeeded').filter((news) => news.trackId === trackId);
  await expect.poll(() => said()[from]?.topLayer).toBe(topLayer);
  return said().length;
}

/** What somebody prefers of a track, said as their browser does. */
async function prefer(peer: Peer, { consumer }: Watched, spatialLayer: number): Promise<void> {
  await stages.preferLayers(peer.connectionId, { ...at(peer), preferences: [{ consumerId: consumer.id, spatialLayer }] });
}

describe('the layers of a picture', () => {
  it('are asked of its sender as far as anybody receives them', async () => {
    const host = await hostOn();
    const { id } = await host.publish('camera', { layers: 3 });
    const told = await toldToSend(id, null, 0);
    const [one, other] = [await viewer(), await viewer()];
    const ones = await one.attach(id);
    await prefer(one, ones, 0);
    await stages.resume(one.connectionId, { ...at(one), consumerIds: [ones.consumer.id] });
    let heard = await toldToSend(id, 0, told);
    const others = await other.watch(id);
    heard = await toldToSend(id, 2, heard);
    await prefer(other, others, 1);
    heard = await toldToSend(id, 1, heard);
    // More than there is means all there is.
    await prefer(one, ones, 7);
    heard = await toldToSend(id, 2, heard);
    await stages.leave(workshopId, one.connectionId);
    heard = await toldToSend(id, 1, heard);
    await stages.pauseConsumers(other.connectionId, { ...at(other), consumerIds: [others.consumer.id], paused: true });
    await toldToSend(id, null, heard);
    expect(stages.told.filter((news) => news.kind === 'layersNeeded' && news.trackId === id).every((news) => 'connectionId' in news && news.connectionId === host.connectionId)).toBe(true);
  });

  it('are nobody’s to choose, and no picture anybody’s to pause, but the receiver’s own', async () => {
    const host = await hostOn();
    const { id } = await host.publish('camera', { layers: 3 });
    const [one, other] = [await viewer(), await viewer()];
    const watched = await one.watch(id);
    await watched.moreFrames(2);
    const consumerIds = [watched.consumer.id];
    await stages.pauseConsumers(other.connectionId, { ...at(other), consumerIds, paused: true });
    await prefer(other, watched, 0);
    await watched.moreFrames(5);
    expect(stages.told.filter((news) => news.kind === 'layersNeeded' && news.trackId === id && news.topLayer === 0)).toEqual([]);

    await stages.pauseConsumers(one.connectionId, { ...at(one), consumerIds, paused: true });
    const others = await other.watch(id);
    await others.moreFrames(5);
    const stood = await watched.packets();
    await others.moreFrames(10);
    expect(await watched.packets()).toBe(stood);
    await stages.pauseConsumers(one.connectionId, { ...at(one), consumerIds, paused: false });
    await watched.moreFrames(2);
  });
});

describe('a shared screen', () => {
  it('is seen by who came while nothing of it was sent, as soon as something is', async () => {
    const host = await hostOn();
    const { id, rtpSender, track } = await host.publish('screen', { scalabilityMode: 'L1T3' });
    await expect.poll(() => stages.bitrateOf(id)).toBeGreaterThan(0);
    await rtpSender?.replaceTrack(null);
    await expect.poll(() => stages.bitrateOf(id)).toBe(0);
    const watched = await (await viewer()).watch(id);
    await rtpSender?.replaceTrack(track);
    await watched.moreFrames(3);
  });

  it('in temporal layers begins with its keyframe for whoever comes, goes down to every fourth picture, and up again', async () => {
    const router = await stages.workers[0]?.createRouter({ mediaCodecs });
    if (!router) throw new Error('there is no worker');
    const transport = await router.createPlainTransport({ listenInfo: { protocol: 'udp', ip: '127.0.0.1' }, rtcpMux: true, comedia: true });
    const producer = await transport.produce({ kind: 'video', rtpParameters: readParameters(layeredParameters) });
    const picture = await layeredPicture(transport);
    await picture.send(8);
    const receiving = await router.createDirectTransport();
    const consumer = await receiving.consume({ producerId: producer.id, rtpCapabilities: router.rtpCapabilities, paused: true, preferredLayers: lowestLayer });
    const came: (number | 'key')[] = [];
    consumer.on('rtp', (packet) => came.push(layerOf(packet)));
    await consumer.resume();
    /** Sends on until so many have come. */
    const more = async (count: number): Promise<void> => {
      await expect.poll(() => picture.send(1).then(() => came.length), { interval: 5 }).toBeGreaterThanOrEqual(count);
    };
    await more(9);
    expect(came.slice(0, 9)).toEqual(['key', 2, 1, 2, 0, 2, 1, 2, 0]);
    for (const [temporalLayer, layers] of [[0, [0]], [2, [0, 1, 2]]] as const) {
      await consumer.setPreferredLayers({ spatialLayer: 0, temporalLayer });
      // What was under way has come by the time that a layer begins anew.
      await more(came.length + 16);
      came.length = 0;
      await more(12);
      expect(new Set(came)).toEqual(new Set(layers));
    }
    picture.close();
    router.close();
  });
});

describe('who speaks', () => {
  it('is who can be heard, and nobody after them', async () => {
    const host = await hostOn();
    const { id } = await host.publish('microphone');
    await stages.news('speakerChanged', (news) => news.workshopId === workshopId && news.speakingTrackId === id);
    expect((await viewer()).view.speakingTrackId).toBe(id);
    await stages.pauseTrack(host.connectionId, { ...at(host), trackId: id, paused: true });
    await stages.news('speakerChanged', (news) => news.workshopId === workshopId && news.speakingTrackId === null);
    expect((await viewer()).view.speakingTrackId).toBeNull();
  });
});

describe('a crowd', () => {
  it('that comes at once costs the sender a keyframe a second and the worker no port more, and sees all the same', async () => {
    const host = await hostOn();
    const { id } = await host.publish('camera');
    await (await (await viewer()).watch(id)).moreFrames(3);
    const [before, began] = [await host.keyframeRequests(), performance.now()];
    await Promise.all(Array.from({ length: 12 }, async () => (await (await viewer()).watch(id)).moreFrames(1)));
    const seconds = (performance.now() - began) / 1_000;
    expect((await host.keyframeRequests()) - before).toBeLessThanOrEqual(Math.floor(seconds) + 2);
    // Fifteen transports: over one port of each kind, which everybody was told.
    const ports = host.view.receive.iceCandidates.map((candidate) => [String(candidate['protocol']), [candidate['port']]]);
    expect(await portsOf(stages.workers[0]?.pid ?? 0)).toEqual(Object.fromEntries(ports));
  });
});

describe('the relay', () => {
  it('carries the stage for those who have no other way, and for nobody without the house’s word', async () => {
    const host = await hostOn();
    const { id } = await host.publish('camera');
    const behind = await joinAsPeer(stages, { workshopId, iceTransportPolicy: 'relay' });
    await (await behind.watch(id)).moreFrames(5);
    const pairs: { type: string; state?: string; localCandidateId?: string }[] = [];
    const candidates = new Map<string, string>();
    (await behind.receive.getStats()).forEach((row: { type: string; id: string; candidateType?: string; state?: string; localCandidateId?: string }) => {
      if (row.type === 'candidate-pair') pairs.push(row);
      if (row.type === 'local-candidate') candidates.set(row.id, row.candidateType ?? '');
    });
    expect(pairs.filter(({ state }) => state === 'succeeded').map(({ localCandidateId = '' }) => candidates.get(localCandidateId))).toContain('relay');

    const [server] = stages.iceServers(behind.personId).servers;
    if (!server) throw new Error('there is a relay');
    expect(server.username).toMatch(new RegExp(`^\\d{10}:${behind.personId}$`));
    expect(await relaysFor(server)).toBeGreaterThan(0);
    expect(await relaysFor({ ...server, credential: 'a guess' })).toBe(0);
    expect(await relaysFor({ ...server, username: server.username?.replace(/^\d+/, '9999999999') })).toBe(0);
    const [old] = createRelay({ urls: [relay.url], secret, now: () => new Date(Date.now() - 86_400_000) })(behind.personId).servers;
    expect(old && (await relaysFor(old))).toBe(0);
  });
});
