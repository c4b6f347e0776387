/** Whose is what on a stage, and what becomes of it when its owner leaves. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectionsPerMember, consumersPerGuest, tracksPerGuest } from '../../../server/media/mediaSettings.js';
import { closePeers, joinAsPeer, type Peer } from '../../support/peer.js';
import { openStages, type TestStages } from '../../support/peerStages.js';

const workshopId = 'a'.repeat(24);
const notFound = { code: 'media.not_found' };
let stages: TestStages;
let host: Peer;
let trackId: string;

beforeEach(async () => {
  stages = openStages();
  await stages.becomes('ready');
  host = await joinAsPeer(stages, { workshopId, mayPresent: true });
  trackId = (await host.publish('camera')).id;
});

afterEach(async () => {
  closePeers();
  await stages.close();
});

const place = () => ({ workshopId, epoch: host.view.epoch });
const dtlsParameters = { fingerprints: [{ algorithm: 'sha-256' as const, value: Array.from({ length: 32 }, () => 'AB').join(':') }] };

describe('a guest', () => {
  it('finds only their own transports', async () => {
    const other = await joinAsPeer(stages, { workshopId, mayPresent: true });
    const [produced] = host.produced;
    const theirs = { ...place(), transportId: host.view.receive.id };
    const own = { ...place(), transportId: other.view.receive.id };

    await expect(stages.restartIce(other.connectionId, theirs)).rejects.toMatchObject(notFound);
    expect(await stages.restartIce(other.connectionId, own)).toMatchObject({ usernameFragment: expect.any(String) });
    await expect(stages.connect(other.connectionId, { ...theirs, dtlsParameters })).rejects.toMatchObject(notFound);
    await stages.connect(other.connectionId, { ...own, dtlsParameters });

    if (!produced) throw new Error('nothing was produced');
    const another = { ...produced, clientTrackId: randomUUID() };
    await expect(stages.produce(other.connectionId, another)).rejects.toMatchObject(notFound);
    await expect(stages.produce(other.connectionId, { ...another, transportId: other.view.receive.id })).rejects.toMatchObject(notFound);
    expect(await stages.produce(other.connectionId, { ...another, transportId: other.view.send?.id ?? '' })).toMatchObject({ person: { id: other.personId } });
  });

  it('is here on eight connections, and on a ninth when one of them has left', async () => {
    const person = { id: 'b'.repeat(24), name: 'Everywhere', role: 'member' as const };
    const join = (connectionId: string) => stages.join(workshopId, { connectionId, person }, false);
    const [ninth, ...eight] = Array.from({ length: 1 + connectionsPerMember }, () => randomUUID()) as [string, ...string[]];
    for (const connectionId of eight) await join(connectionId);
    await expect(join(ninth)).rejects.toMatchObject({ code: 'media.unsupported' });
    await joinAsPeer(stages, { workshopId });
    await stages.leave(workshopId, eight[0] ?? '');
    expect(await join(ninth)).toMatchObject({ tracks: [{ id: trackId }] });
  });

  it('receives so many tracks over one connection and no more, and the next when one of them is gone', async () => {
    const [produced] = host.produced;
    if (!produced) throw new Error('nothing was produced');
    const { rtpParameters } = produced;
    const presenter = async (_none: unknown, index: number): Promise<{ connectionId: string; trackIds: string[] }> => {
      const guest = { connectionId: randomUUID(), person: { id: index.toString(16).padStart(24, '0'), name: 'Presenter', role: 'host' as const } };
      const { send } = await stages.join(workshopId, guest, true);
      const tracks = Array.from({ length: tracksPerGuest }, (_nothing, track) =>
        stages.produce(guest.connectionId, { ...produced, transportId: send?.id ?? '', clientTrackId: randomUUID(), rtpParameters: { ...rtpParameters, mid: String(track), encodings: [{ ssrc: 10_000 + track }] } }));
      return { connectionId: guest.connectionId, trackIds: (await Promise.all(tracks)).map(({ id }) => id) };
    };
    const presenters = await Promise.all(Array.from({ length: consumersPerGuest / tracksPerGuest + 1 }, presenter));
    const trackIds = presenters.flatMap((each) => each.trackIds);
    const viewer = await joinAsPeer(stages, { workshopId });
    const consume = async (ids: string[]) => (await stages.consume(viewer.connectionId, { ...place(), trackIds: ids, rtpCapabilities: viewer.capabilities })).map((consumer) => consumer.trackId);
    expect(await consume(trackIds.slice(0, consumersPerGuest))).toHaveLength(consumersPerGuest);
    const [beyond = ''] = trackIds.slice(consumersPerGuest);
    expect(await consume([beyond])).toEqual([]);
    await stages.leave(workshopId, presenters[0]?.connectionId ?? '');
    await expect.poll(() => consume([beyond])).toEqual([beyond]);
  });

  it('pauses, closes and resumes only what is their own', async () => {
    const other = await joinAsPeer(stages, { workshopId, mayPresent: true });
    const [own, theirs] = [await host.attach(trackId), await other.attach(trackId)];
    await expect(stages.pauseTrack(other.connectionId, { ...place(), trackId, paused: true })).rejects.toMatchObject(notFound);
    await expect(stages.closeTrack(other.connectionId, { ...place(), trackId })).rejects.toMatchObject(notFound);
    await expect(stages.resume(other.connectionId, { ...place(), consumerIds: [own.consumer.id] })).rejects.toMatchObject(notFound);

    await stages.resume(other.connectionId, { ...place(), consumerIds: [own.consumer.id, theirs.consumer.id] });
    await theirs.moreFrames(3);
    expect(own.frames()).toBe(0);
    await stages.pauseTrack(host.connectionId, { ...place(), trackId, paused: true });
    await stages.closeTrack(host.connectionId, { ...place(), trackId });
  });

  it('cannot send without the right to present', async () => {
    const viewer = await joinAsPeer(stages, { workshopId });
    const [produced] = host.produced;
    expect(viewer.view.send).toBeNull();
    if (!produced) throw new Error('nothing was produced');
    await expect(stages.produce(viewer.connectionId, { ...produced, transportId: viewer.view.receive.id, clientTrackId: randomUUID() })).rejects.toMatchObject(notFound);
  });

  it('has nothing where they have not joined, and nothing of another epoch', async () => {
    const restart = (connectionId: string, at: { workshopId: string; epoch: number }) => stages.restartIce(connectionId, { ...at, transportId: host.view.receive.id });
    await restart(host.connectionId, place());
    await expect(restart('somebody else', place())).rejects.toMatchObject(notFound);
    await expect(restart(host.connectionId, { ...place(), workshopId: 'b'.repeat(24) })).rejects.toMatchObject(notFound);
    const stale = { code: 'media.stale_epoch', failure: { data: { epoch: host.view.epoch } } };
    await expect(restart(host.connectionId, { ...place(), epoch: host.view.epoch - 1 })).rejects.toMatchObject(stale);
    await expect(restart(host.connectionId, { ...place(), epoch: host.view.epoch + 1 })).rejects.toMatchObject(stale);
  });
});

describe('leaving', () => {
  it('stops the packets of who left, and nobody else\'s', async () => {
    const [leaver, stayer] = [await joinAsPeer(stages, { workshopId }), await joinAsPeer(stages, { workshopId })];
    const [stopped, flowing] = [await leaver.watch(trackId), await stayer.watch(trackId)];
    await Promise.all([stopped.moreFrames(3), flowing.moreFrames(3)]);

    await stages.leave(workshopId, leaver.connectionId);
    // The stayer's frames come down the same road as the leaver's did: once some have come, none of the leaver's is on its way.
    await flowing.moreFrames(3);
    const packets = await stopped.packets();
    await flowing.moreFrames(25);
    expect(await stopped.packets()).toBe(packets);
    await expect(stages.restartIce(leaver.connectionId, { ...place(), transportId: leaver.view.receive.id })).rejects.toMatchObject(notFound);
    await stages.leave(workshopId, leaver.connectionId);
  });

  it('takes the tracks of who left off the stage', async () => {
    const viewer = await joinAsPeer(stages, { workshopId });
    const watched = await viewer.watch(trackId);
    await watched.moreFrames(1);
    await stages.leave(workshopId, host.connectionId);
    expect(stages.told.at(-1)).toEqual({ kind: 'trackRemoved', ...place(), trackId });
    expect(await stages.consume(viewer.connectionId, { ...place(), trackIds: [trackId], rtpCapabilities: viewer.capabilities })).toEqual([]);
    await expect(stages.resume(viewer.connectionId, { ...place(), consumerIds: [watched.consumer.id] })).rejects.toMatchObject(notFound);
  });

  it('while joining leaves nothing behind', async () => {
    const connectionId = randomUUID();
    const joining = stages.join(workshopId, { connectionId, person: { id: 'c'.repeat(24), name: 'Hasty', role: 'member' } }, true);
    await stages.leave(workshopId, connectionId);
    await expect(joining).rejects.toMatchObject(notFound);
    await expect(stages.restartIce(connectionId, { ...place(), transportId: host.view.receive.id })).rejects.toMatchObject(notFound);

    const fresh = 'd'.repeat(24);
    const opening = stages.join(fresh, { connectionId, person: { id: 'c'.repeat(24), name: 'Hasty', role: 'member' } }, true);
    await stages.leave(fresh, connectionId);
    await expect(opening).rejects.toMatchObject(notFound);
  });

  it('and coming again on the same connection is a fresh start', async () => {
    const { connectionId } = host;
    const again = await joinAsPeer(stages, { workshopId, connectionId, mayPresent: true });
    expect(stages.told.at(-1)).toMatchObject({ kind: 'trackRemoved', trackId });
    expect(again.view).toMatchObject({ epoch: host.view.epoch, tracks: [] });
    await expect(stages.restartIce(connectionId, { ...place(), transportId: host.view.receive.id })).rejects.toMatchObject(notFound);
    await stages.restartIce(connectionId, { ...place(), transportId: again.view.receive.id });
  });
});

describe('the end of a stage', () => {
  it('is the end of everybody\'s media there, and of no other stage', async () => {
    const elsewhere = 'e'.repeat(24);
    const [viewer, otherHost, otherViewer] = [await joinAsPeer(stages, { workshopId }), await joinAsPeer(stages, { workshopId: elsewhere, mayPresent: true }), await joinAsPeer(stages, { workshopId: elsewhere })];
    const ending = await viewer.watch(trackId);
    const goingOn = await otherViewer.watch((await otherHost.publish('screen')).id);
    await Promise.all([ending.moreFrames(3), goingOn.moreFrames(3)]);

    await stages.end(workshopId);
    await stages.end(workshopId);
    await goingOn.moreFrames(3);
    const packets = await ending.packets();
    await goingOn.moreFrames(25);
    expect(await ending.packets()).toBe(packets);
    await expect(stages.restartIce(host.connectionId, { ...place(), transportId: host.view.receive.id })).rejects.toMatchObject({ code: 'media.stale_epoch' });
  });
});
