/** One stage on several workers of a node: whoever finds no room on the first receives on another, through a pipe. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { closePeers, joinAsPeer, type Peer, type Watched } from '../../support/peer.js';
import { openStages, type TestStages } from '../../support/peerStages.js';

const workshopId = 'a'.repeat(24);
let stages: TestStages;
let host: Peer;
let trackId: string;

// The host alone fills a worker, so that every viewer finds room on the other one only.
beforeAll(async () => {
  stages = openStages({ workers: 2, fullWeight: 20 });
  await stages.becomes('ready');
});
afterAll(() => stages.close());

beforeEach(async () => {
  host = await joinAsPeer(stages, { workshopId, mayPresent: true });
  // With layers within one encoding: what of them is announced must pass the pipe, too.
  trackId = (await host.publish('screen', { scalabilityMode: 'L1T3' })).id;
});
afterEach(async () => {
  closePeers();
  await stages.end(workshopId);
});

async function watcher(): Promise<{ peer: Peer; watched: Watched }> {
  const peer = await joinAsPeer(stages, { workshopId });
  const watched = await peer.watch(trackId);
  await watched.moreFrames(3);
  return { peer, watched };
}

const place = () => ({ workshopId, epoch: host.view.epoch });
const until = (look: () => unknown): Promise<unknown> => vi.waitFor(look, { timeout: 15_000, interval: 20 });
/** Resolves when so many tracks come through pipes. */
const piping = (count: number) => until(() => expect(stages.piped().reduce((sum, each) => sum + each, 0)).toBe(count));
const consumed = async (peer: Peer) => stages.consume(peer.connectionId, { ...place(), trackIds: [trackId], rtpCapabilities: peer.capabilities });

describe('viewers on another worker than the host', () => {
  it('see a track that comes to them once, under its own id, and no longer than one of them watches', async () => {
    const [one, other, leaver] = await Promise.all([watcher(), watcher(), watcher()]);
    expect(stages.piped().toSorted((a, b) => a - b)).toEqual([0, 1]);
    expect(one.watched.consumer.producerId).toBe(trackId);

    await stages.leave(workshopId, leaver.peer.connectionId);
    await one.watched.moreFrames(3);
    const packets = await leaver.watched.packets();
    await Promise.all([one.watched.moreFrames(25), other.watched.moreFrames(25)]);
    expect(await leaver.watched.packets()).toBe(packets);

    await stages.leave(workshopId, one.peer.connectionId);
    await other.watched.moreFrames(3);
    await stages.leave(workshopId, other.peer.connectionId);
    await piping(0);
    await watcher();
    await piping(1);
  });

  it('hear through the pipe that a track pauses, goes on and ends', async () => {
    const { peer, watched } = await watcher();
    await stages.pauseTrack(host.connectionId, { ...place(), trackId, paused: true });
    await until(async () => expect(await consumed(peer)).toMatchObject([{ trackPaused: true }]));
    await stages.pauseTrack(host.connectionId, { ...place(), trackId, paused: false });
    await watched.moreFrames(10);
    expect(await consumed(peer)).toMatchObject([{ trackId, trackPaused: false }]);
    await stages.closeTrack(host.connectionId, { ...place(), trackId });
    await until(async () => expect(await consumed(peer)).toEqual([]));
    await piping(0);
  });

  it('are the only ones touched when that worker dies, and see again without a new epoch', async () => {
    const { peer, watched } = await watcher();
    const near = await joinAsPeer(stages, { workshopId, mayPresent: true });
    const onSource = await near.watch(trackId);
    await onSource.moreFrames(3);
    const fallen = stages.workers.at(stages.piped().indexOf(1));
    const toldBefore = stages.told.length;

    process.kill(fallen?.pid ?? 0, 'SIGKILL');
    expect(await stages.news('moved')).toEqual({ kind: 'moved', ...place(), connectionId: peer.connectionId });
    const again = await joinAsPeer(stages, { workshopId, connectionId: peer.connectionId });
    expect(again.view).toMatchObject({ epoch: host.view.epoch, tracks: [{ id: trackId }] });
    await (await again.watch(trackId)).moreFrames(3);
    await onSource.moreFrames(3);
    expect(watched.consumer.closed).toBe(false);
    expect(stages.told.slice(toldBefore)).toHaveLength(1);
  });

  it('all come back when the worker under the host dies: the stage stands anew on one that lives', async () => {
    const { peer } = await watcher();
    const under = stages.workers.findLast((worker, index) => !worker.closed && stages.piped()[index] === 0);
    process.kill(under?.pid ?? 0, 'SIGKILL');
    const { epoch } = await stages.news('reset');
    const [hostAgain, again] = [await joinAsPeer(stages, { workshopId, mayPresent: true, connectionId: host.connectionId }), await joinAsPeer(stages, { workshopId, connectionId: peer.connectionId })];
    expect(hostAgain.view.epoch).toBeGreaterThanOrEqual(epoch);
    await (await again.watch((await hostAgain.publish()).id)).moreFrames(3);
  });
});
