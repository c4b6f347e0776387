/** A stage through its door, with a real worker and real WebRTC: tracks go on it, are received, and come off it. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProduceTrack, RtpParameters } from '../../../shared/contracts/live/stage.js';
import { closePeers, joinAsPeer, type Peer } from '../../support/peer.js';
import { openStages, type TestStages } from '../../support/peerStages.js';

const workshopId = 'a'.repeat(24);
let stages: TestStages;

beforeEach(async () => {
  stages = openStages();
  await stages.becomes('ready');
});

afterEach(async () => {
  closePeers();
  await stages.close();
});

const inEpoch = (peer: Peer) => ({ workshopId, epoch: peer.view.epoch });

/** The same track under another name, another mid and other SSRCs: as a client would announce one more. */
function another(input: ProduceTrack, number: number): ProduceTrack {
  const { rtpParameters } = input;
  const encodings = rtpParameters.encodings?.map((encoding) => ({ ...encoding, ssrc: 1_000 + number * 10, rtx: { ssrc: 1_001 + number * 10 } }));
  return { ...input, clientTrackId: randomUUID(), rtpParameters: { ...rtpParameters, mid: `more${number}`, encodings } };
}

async function published(): Promise<{ host: Peer; trackId: string; input: ProduceTrack }> {
  const host = await joinAsPeer(stages, { workshopId, mayPresent: true });
  const { id } = await host.publish('camera');
  const [input] = host.produced;
  if (!input) throw new Error('nothing was produced');
  return { host, trackId: id, input };
}

describe('a track', () => {
  it('is told of and seen, moving, by those who consume it', async () => {
    const early = await joinAsPeer(stages, { workshopId });
    expect(early.view.tracks).toEqual([]);
    const codecs = (early.view.routerRtpCapabilities['codecs'] as { mimeType: string }[]).map(({ mimeType }) => mimeType);
    expect(codecs.filter((name) => name !== 'video/rtx')).toEqual(['audio/opus', 'video/VP8', 'video/H264']);

    const { host, trackId: id } = await published();
    const track = { id, person: { id: host.personId, name: 'Peer', role: 'member' }, kind: 'video', source: 'camera', paused: false };
    expect(stages.told).toEqual([{ kind: 'trackAdded', ...inEpoch(host), track }]);
    await (await early.watch(id)).moreFrames(10);

    const late = await joinAsPeer(stages, { workshopId });
    expect(late.view.tracks).toEqual([track]);
    await (await late.watch(id)).moreFrames(10);
  });

  it('is one track however often its name is produced', async () => {
    const { host, trackId, input } = await published();
    const retries = await Promise.all([stages.produce(host.connectionId, input), stages.produce(host.connectionId, input)]);
    expect(retries.map((view) => view.id)).toEqual([trackId, trackId]);
    const twins = another(input, 1);
    const [one, other] = await Promise.all([stages.produce(host.connectionId, twins), stages.produce(host.connectionId, twins)]);
    expect(one.id).toBe(other.id);
    expect(one.id).not.toBe(trackId);
    expect(stages.told.map((news) => news.kind)).toEqual(['trackAdded', 'trackAdded']);
  });

  it('is told of when it pauses, goes on, and comes off', async () => {
    const { host, trackId } = await published();
    const viewer = await joinAsPeer(stages, { workshopId });
    for (const paused of [true, true, false]) await stages.pauseTrack(host.connectionId, { ...inEpoch(host), trackId, paused });
    await stages.closeTrack(host.connectionId, { ...inEpoch(host), trackId });
    expect(stages.told.slice(1).map((news) => (news.kind === 'trackChanged' ? news.track.paused : news))).toEqual([true, false, { kind: 'trackRemoved', ...inEpoch(host), trackId }]);

    await expect(stages.closeTrack(host.connectionId, { ...inEpoch(host), trackId })).rejects.toMatchObject({ code: 'media.not_found' });
    expect(await stages.consume(viewer.connectionId, { ...inEpoch(host), trackIds: [trackId], rtpCapabilities: viewer.capabilities })).toEqual([]);
    expect((await joinAsPeer(stages, { workshopId })).view.tracks).toEqual([]);
  });

  it('comes off when its sender closes the line', async () => {
    const { host, trackId } = await published();
    const viewer = await joinAsPeer(stages, { workshopId });
    await (await viewer.watch(trackId)).moreFrames(1);
    host.close();
    expect(await stages.news('trackRemoved')).toEqual({ kind: 'trackRemoved', ...inEpoch(host), trackId });
  });
});

describe('what mediasoup cannot take', () => {
  const broken: [string, (parameters: RtpParameters) => RtpParameters][] = [
    ['a codec the stage does not speak', (parameters) => ({ ...parameters, codecs: parameters.codecs.map((codec) => ({ ...codec, mimeType: 'video/nonsense' })) })],
    ['a mime type that is none', (parameters) => ({ ...parameters, codecs: parameters.codecs.map((codec) => ({ ...codec, mimeType: '\u0000' })) })],
    ['a retransmission codec of no codec', (parameters) => ({ ...parameters, codecs: parameters.codecs.map((codec) => ({ ...codec, parameters: { apt: 1 }, mimeType: 'video/rtx' })) })],
    ['the SSRC of a track that is there', (parameters) => ({ ...parameters, mid: 'other' })],
    ['no encoding at all', (parameters) => ({ ...parameters, mid: '', encodings: [] })],
  ];

  it.each(broken)('is refused and leaves the stage as it was: %s', async (_what, breakIt) => {
    const { host, trackId, input } = await published();
    const refused = stages.produce(host.connectionId, { ...input, clientTrackId: randomUUID(), rtpParameters: breakIt(input.rtpParameters) });
    await expect(refused).rejects.toMatchObject({ code: 'media.unsupported' });

    const viewer = await joinAsPeer(stages, { workshopId });
    expect(viewer.view.tracks.map((track) => track.id)).toEqual([trackId]);
    await (await viewer.watch(trackId)).moreFrames(3);
    expect(stages.workers).toHaveLength(1);
  });

  it('is a source of the wrong kind, or a fifth track', async () => {
    const { host, input } = await published();
    await expect(stages.produce(host.connectionId, { ...another(input, 9), source: 'microphone' })).rejects.toMatchObject({ code: 'media.unsupported' });
    for (const number of [1, 2, 3]) await stages.produce(host.connectionId, another(input, number));
    await expect(stages.produce(host.connectionId, another(input, 4))).rejects.toMatchObject({ code: 'media.unsupported' });

    // With one off, there is room for one again.
    await stages.closeTrack(host.connectionId, { ...inEpoch(host), trackId: stages.told.flatMap((news) => (news.kind === 'trackAdded' ? news.track.id : [])).at(-1) ?? '' });
    await stages.produce(host.connectionId, another(input, 5));
  });

  it('is a second, other set of DTLS parameters; the same again is a read', async () => {
    const { host, input } = await published();
    const connect = (value: string) => stages.connect(viewer.connectionId, { ...inEpoch(host), transportId: viewer.view.receive.id, dtlsParameters: { role: 'client', fingerprints: [{ algorithm: 'sha-256', value }] } });
    const viewer = await joinAsPeer(stages, { workshopId });
    const fingerprint = Array.from({ length: 32 }, () => 'AB').join(':');
    await connect(fingerprint);
    await connect(fingerprint);
    await expect(connect(fingerprint.replace('AB', 'CD'))).rejects.toMatchObject({ code: 'media.unsupported' });
    expect(input.source).toBe('camera');
  });
});

describe('a consumer', () => {
  it('is one for each track, and starts paused', async () => {
    const { host, trackId } = await published();
    const [control, waiting] = [await joinAsPeer(stages, { workshopId }), await joinAsPeer(stages, { workshopId })];
    const flowing = await control.watch(trackId);
    const paused = await waiting.attach(trackId);
    const ask = () => stages.consume(waiting.connectionId, { ...inEpoch(host), trackIds: [trackId, randomUUID(), trackId], rtpCapabilities: waiting.capabilities });
    const answers = await Promise.all([ask(), ask()]);
    expect(answers.flat().map((view) => view.id)).toEqual([paused.consumer.id, paused.consumer.id]);

    await flowing.moreFrames(25);
    expect(await paused.packets()).toBe(0);
    await stages.resume(waiting.connectionId, { ...inEpoch(host), consumerIds: [paused.consumer.id] });
    await paused.moreFrames(5);
  });

  it('is not made for a client that could not decode it', async () => {
    const { host, trackId } = await published();
    const viewer = await joinAsPeer(stages, { workshopId });
    const deaf = { ...viewer.capabilities, codecs: viewer.capabilities.codecs.filter((codec) => codec.kind === 'audio') };
    expect(await stages.consume(viewer.connectionId, { ...inEpoch(host), trackIds: [trackId], rtpCapabilities: deaf })).toEqual([]);
    expect(await stages.consume(viewer.connectionId, { ...inEpoch(host), trackIds: [trackId], rtpCapabilities: viewer.capabilities })).toHaveLength(1);
  });
});
