/** Viewers on another node than the stage: they receive from their own node, to which each track comes once. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { closePeers, joinAsPeer, type Peer, type Watched } from '../../support/peer.js';
import { openPeerNode, type PeerNode } from '../../support/peerNodes.js';
import type { TestStages } from '../../support/peerStages.js';
import { startRedis } from '../../support/processes.js';

/** So soon a sender hears that less is needed. Milliseconds. */
const layerSettleMs = 200;

let redis: Awaited<ReturnType<typeof startRedis>>;
let one: PeerNode;
let other: PeerNode;
let workshopId: string;
let host: Peer;
let trackId: string;

beforeAll(async () => {
  redis = await startRedis();
  [one, other] = await Promise.all([openPeerNode(redis.url, { layerSettleMs }), openPeerNode(redis.url, { layerSettleMs })]);
});
afterAll(async () => {
  await Promise.all([one.close(), other.close()]);
  await redis.stop();
});
// The host is on one node, and the stage with them.
beforeEach(async () => {
  workshopId = randomUUID().replaceAll('-', '').slice(0, 24);
  host = await joinAsPeer(one.stages, { workshopId, mayPresent: true });
  // With layers within one encoding: what of them is announced must pass the pipe, too.
  trackId = (await host.publish('screen', { scalabilityMode: 'L1T3' })).id;
});
afterEach(async () => {
  closePeers();
  await one.stages.end(workshopId);
});

const place = () => ({ workshopId, epoch: host.view.epoch });
const until = (look: () => unknown): Promise<unknown> => vi.waitFor(look, { timeout: 15_000, interval: 20 });
/** How many tracks come to the other node through pipes; both nodes' workers are seen by both, in this one process. */
const piped = (): number => other.stages.piped().reduce((sum, each) => sum + each, 0);
const consumed = (peer: Peer) => other.stages.consume(peer.connectionId, { ...place(), trackIds: [trackId], rtpCapabilities: peer.capabilities });

async function watcher({ stages }: { stages: TestStages }): Promise<{ peer: Peer; watched: Watched }> {
  const peer = await joinAsPeer(stages, { workshopId });
  const watched = await peer.watch(trackId);
  await watched.moreFrames(3);
  return { peer, watched };
}

describe('viewers on another node', () => {
  it('share one pipe for a track, which ends with the last of them; who leaves receives nothing more', async () => {
    const [stayer, leaver] = await Promise.all([watcher(other), watcher(other)]);
    expect(piped()).toBe(1);
    expect(stayer.watched.consumer.producerId).toBe(trackId);
    expect(stayer.peer.view.receive.iceCandidates).not.toEqual(host.view.receive.iceCandidates);

    await other.stages.leave(workshopId, leaver.peer.connectionId);
    await stayer.watched.moreFrames(3);
    const packets = await leaver.watched.packets();
    await stayer.watched.moreFrames(25);
    expect(await leaver.watched.packets()).toBe(packets);
    await other.stages.leave(workshopId, stayer.peer.connectionId);
    await until(() => expect(piped()).toBe(0));
    await watcher(other);
    expect(piped()).toBe(1);
  });

  it('hear through the pipe that a track pauses, goes on and ends', async () => {
    const { peer, watched } = await watcher(other);
    await one.stages.pauseTrack(host.connectionId, { ...place(), trackId, paused: true });
    await until(async () => expect(await consumed(peer)).toMatchObject([{ trackPaused: true }]));
    await one.stages.pauseTrack(host.connectionId, { ...place(), trackId, paused: false });
    await watched.moreFrames(10);
    await one.stages.closeTrack(host.connectionId, { ...place(), trackId });
    await until(async () => expect(await consumed(peer)).toEqual([]));
    await until(() => expect(piped()).toBe(0));
  });

  it('are the only ones touched when their worker dies, and all are back when the one under the stage does', async () => {
    const [near, far] = await Promise.all([watcher(one), watcher(other)]);
    // Both nodes are in this process: the second to have started is the one the track is piped to.
    const at = other.stages.piped().indexOf(1);
    process.kill(other.stages.workers[at]?.pid ?? 0, 'SIGKILL');
    expect(await other.stages.news('moved')).toEqual({ kind: 'moved', ...place(), connectionId: far.peer.connectionId });
    const again = await joinAsPeer(other.stages, { workshopId, connectionId: far.peer.connectionId });
    expect(again.view.epoch).toBe(host.view.epoch);
    await (await again.watch(trackId)).moreFrames(3);
    await near.watched.moreFrames(3);
    expect(one.stages.told.map((news) => news.kind)).not.toContain('reset');

    const under = one.stages.workers.findLast((worker, index) => !worker.closed && one.stages.piped()[index] === 0);
    process.kill(under?.pid ?? 0, 'SIGKILL');
    const { epoch } = await one.stages.news('reset');
    const [hostAgain, farAgain] = [await joinAsPeer(one.stages, { workshopId, mayPresent: true, connectionId: host.connectionId }), await joinAsPeer(other.stages, { workshopId, connectionId: far.peer.connectionId })];
    expect(farAgain.view.epoch).toBeGreaterThanOrEqual(epoch);
    await (await farAgain.watch((await hostAgain.publish()).id)).moreFrames(3);
  });
});

describe('one member', () => {
  it('has so many connections on a stage, over all nodes, and no more', async () => {
    const person = { id: 'c'.repeat(24), name: 'Many', role: 'member' as const };
    const join = (node: PeerNode, connectionId: string, who = person) => node.stages.join(workshopId, { connectionId, person: who }, false);
    const connections = Array.from({ length: 8 }, (_, index) => ({ id: randomUUID(), node: index % 2 === 0 ? one : other }));
    for (const { id, node } of connections) await join(node, id);
    for (const node of [one, other]) await expect(join(node, randomUUID())).rejects.toMatchObject({ code: 'media.unsupported' });
    expect(await join(other, randomUUID(), { ...person, id: 'd'.repeat(24) })).toMatchObject({ epoch: host.view.epoch });
    await other.stages.leave(workshopId, connections[1]?.id ?? '');
    await join(one, randomUUID());
  });

  it('have its sender spare what nobody on either node receives', async () => {
    const { id } = await host.publish('screen', { layers: 3 });
    const needed = (topLayer: number | null, after: number): Promise<number> => vi.waitFor(() => {
      const at = one.stages.told.findIndex((news, index) => index > after && news.kind === 'layersNeeded' && news.trackId === id && news.topLayer === topLayer);
      expect(at).toBeGreaterThan(after);
      return at;
    }, { timeout: 15_000, interval: 20 });
    let heard = await needed(null, -1);
    const peer = await joinAsPeer(other.stages, { workshopId });
    const { consumer } = await peer.watch(id);
    heard = await needed(2, heard);
    const prefer = (spatialLayer: number) => other.stages.preferLayers(peer.connectionId, { ...place(), preferences: [{ consumerId: consumer.id, spatialLayer }] });
    await prefer(0);
    heard = await needed(0, heard);
    // Of two nodes the one that needs more is heard.
    const near = await joinAsPeer(one.stages, { workshopId });
    await near.watch(id);
    heard = await needed(2, heard);
    await one.stages.leave(workshopId, near.connectionId);
    heard = await needed(0, heard);
    await other.stages.leave(workshopId, peer.connectionId);
    await needed(null, heard);
  });
});
