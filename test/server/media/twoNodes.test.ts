/** Two nodes on one real Redis: a stage stands on one of them, its guests come in on both. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Bus } from '../../../server/platform/bus.js';
import { closePeers, joinAsPeer } from '../../support/peer.js';
import { openPeerNode, type PeerNode, type PeerNodeOptions } from '../../support/peerNodes.js';
import { startRedis } from '../../support/processes.js';

const workshopId = 'a'.repeat(24);
/** Short enough to be waited for, long enough for a slow machine to miss a round or two. */
const shortLeaseMs = 2_500;
const notFound = { code: 'media.not_found' };

let redis: Awaited<ReturnType<typeof startRedis>>;
let nodes: PeerNode[];

beforeEach(async () => {
  redis = await startRedis();
  nodes = [];
});

afterEach(async () => {
  closePeers();
  await Promise.all(nodes.map((node) => node.close()));
  await redis.stop();
});

async function openNode(options?: PeerNodeOptions): Promise<PeerNode> {
  const node = await openPeerNode(redis.url, options);
  nodes.push(node);
  return node;
}

/** Cuts a node off from Redis, and so from the other node; its process and its media go on. */
function cutOff({ links }: PeerNode): void {
  for (const link of [links.ask, links.publish, links.listen]) link.disconnect();
}

async function reconnect({ links }: PeerNode): Promise<void> {
  await Promise.all([links.ask, links.publish, links.listen].map((link) => link.connect()));
}

describe('a stage on another node', () => {
  it('carries media to whoever comes in on this one, and answers as if it stood here', async () => {
    const [one, other] = [await openNode(), await openNode()];
    const host = await joinAsPeer(one.stages, { workshopId, mayPresent: true });
    const { id } = await host.publish();
    const viewer = await joinAsPeer(other.stages, { workshopId });
    expect(viewer.view).toMatchObject({ epoch: host.view.epoch, tracks: [{ id }] });
    await (await viewer.watch(id)).moreFrames(5);

    const place = { workshopId, epoch: host.view.epoch };
    expect(await other.stages.restartIce(viewer.connectionId, { ...place, transportId: viewer.view.receive.id })).toMatchObject({ iceLite: true });
    await expect(other.stages.restartIce(viewer.connectionId, { ...place, transportId: host.view.receive.id })).rejects.toMatchObject(notFound);
    await expect(other.stages.restartIce(host.connectionId, { ...place, transportId: host.view.receive.id })).rejects.toMatchObject(notFound);
    const stale = { code: 'media.stale_epoch', failure: { data: { epoch: place.epoch } } };
    await expect(other.stages.restartIce(viewer.connectionId, { ...place, epoch: 7, transportId: viewer.view.receive.id })).rejects.toMatchObject(stale);
  });

  it('takes tracks from this one, and lets go of them the moment their owner leaves', async () => {
    const [one, other] = [await openNode(), await openNode()];
    const [viewer, stayer] = [await joinAsPeer(one.stages, { workshopId }), await joinAsPeer(other.stages, { workshopId })];
    const host = await joinAsPeer(other.stages, { workshopId, mayPresent: true });
    const { id } = await host.publish();
    const [stopped, flowing] = [await viewer.watch(id), await stayer.watch(id)];
    await Promise.all([stopped.moreFrames(3), flowing.moreFrames(3)]);

    await other.stages.leave(workshopId, stayer.connectionId);
    await stopped.moreFrames(3);
    const packets = await flowing.packets();
    await stopped.moreFrames(25);
    expect(await flowing.packets()).toBe(packets);

    await other.stages.leave(workshopId, host.connectionId);
    // Told by the node on which the stage stands, before the leave was answered.
    expect(one.stages.told.at(-1)).toEqual({ kind: 'trackRemoved', workshopId, epoch: host.view.epoch, trackId: id });
    expect(other.stages.told).toEqual([]);
  });

  it('is one stage when both nodes open it at once', async () => {
    const [one, other] = [await openNode(), await openNode()];
    const [host, viewer] = await Promise.all([joinAsPeer(one.stages, { workshopId, mayPresent: true }), joinAsPeer(other.stages, { workshopId })]);
    expect(viewer.view.epoch).toBe(host.view.epoch);
    await (await viewer.watch((await host.publish()).id)).moreFrames(3);
    expect([...one.stages.told, ...other.stages.told].filter((news) => news.kind === 'reset')).toEqual([]);
  });

  it('ends for everybody from either node', async () => {
    const [one, other] = [await openNode(), await openNode()];
    const host = await joinAsPeer(one.stages, { workshopId, mayPresent: true });
    const { id } = await host.publish();
    await other.stages.end(workshopId);
    expect(one.stages.told.at(-1)).toMatchObject({ kind: 'trackRemoved', trackId: id });
    const again = await joinAsPeer(other.stages, { workshopId });
    expect(again.view.epoch).toBeGreaterThan(host.view.epoch);
  });

  it('moves when its node closes', async () => {
    const [one, other] = [await openNode(), await openNode()];
    const [host, viewer] = [await joinAsPeer(one.stages, { workshopId, mayPresent: true }), await joinAsPeer(other.stages, { workshopId })];
    await one.stages.close();
    const reset = await one.stages.news('reset');
    expect(reset.epoch).toBeGreaterThan(host.view.epoch);
    const again = await joinAsPeer(other.stages, { workshopId, connectionId: viewer.connectionId });
    expect(again.view.epoch).toBeGreaterThanOrEqual(reset.epoch);
  });

  it('moves as soon as its node is told to end', async () => {
    const [one, other] = [await openNode(), await openNode()];
    const [host, viewer] = [await joinAsPeer(one.stages, { workshopId, mayPresent: true }), await joinAsPeer(other.stages, { workshopId })];
    // What mediasoup does by itself when the process gets a signal.
    one.stages.workers[0]?.close();
    expect((await one.stages.news('reset')).epoch).toBeGreaterThan(host.view.epoch);
    await expect(joinAsPeer(one.stages, { workshopId: 'b'.repeat(24) })).rejects.toMatchObject({ code: 'media.unavailable' });
    const [again, hostAgain] = [await joinAsPeer(other.stages, { workshopId, connectionId: viewer.connectionId }), await joinAsPeer(other.stages, { workshopId, mayPresent: true })];
    await (await again.watch((await hostAgain.publish()).id)).moreFrames(3);
  });
});

describe('a node that is gone', () => {
  it('loses its stage to the next who joins, and finds out when it is back', async () => {
    const [one, other] = [await openNode({ leaseMs: 2_000 }), await openNode({ leaseMs: 60_000 })];
    const host = await joinAsPeer(one.stages, { workshopId, mayPresent: true });
    await host.publish();
    const viewer = await joinAsPeer(other.stages, { workshopId });
    cutOff(one);

    const [again, hostAgain] = [await joinAsPeer(other.stages, { workshopId, connectionId: viewer.connectionId }), await joinAsPeer(other.stages, { workshopId, mayPresent: true })];
    const { epoch } = again.view;
    expect(epoch).toBeGreaterThan(viewer.view.epoch);
    expect(other.stages.told[0]).toEqual({ kind: 'reset', workshopId, epoch });
    const watched = await again.watch((await hostAgain.publish()).id);
    await watched.moreFrames(3);

    await reconnect(one);
    // Nothing is done, or heard, any more under the epoch that was lost.
    const old = { workshopId, epoch: host.view.epoch };
    await expect(one.stages.restartIce(host.connectionId, { ...old, transportId: host.view.receive.id })).rejects.toMatchObject({ code: 'media.stale_epoch' });
    await one.bus.request(other.bus.nodeId, 'stage-pipe-news', { ...old, pipeId: 'any', trackId: null, change: 'closed' });
    await expect(other.bus.request(one.bus.nodeId, 'stage-pipe', { ask: 'send', home: other.bus.nodeId, name: { ...old, pipeId: 'any' }, trackId: 'any' })).rejects.toMatchObject({ code: 'media.stale_epoch' });
    await watched.moreFrames(3);
    expect(await one.stages.news('reset')).toEqual({ kind: 'reset', workshopId, epoch });
    expect((await joinAsPeer(one.stages, { workshopId })).view.epoch).toBe(epoch);
  });

  it('is missed by those who sit there, without anybody joining', async () => {
    const [one, other] = [await openNode({ leaseMs: shortLeaseMs }), await openNode({ leaseMs: shortLeaseMs })];
    const host = await joinAsPeer(one.stages, { workshopId, mayPresent: true });
    await joinAsPeer(other.stages, { workshopId });
    cutOff(one);
    expect((await other.stages.news('reset')).epoch).toBeGreaterThan(host.view.epoch);
  });

  it('is not taken for gone by one that stood still meanwhile, and heard nobody', async () => {
    const [one, other] = [await openNode({ leaseMs: shortLeaseMs }), await openNode({ leaseMs: shortLeaseMs })];
    const viewer = await joinAsPeer(one.stages, { workshopId });
    const host = await joinAsPeer(other.stages, { workshopId, mayPresent: true });
    const watched = await viewer.watch((await host.publish()).id);
    await watched.moreFrames(3);
    // The whole process stops, as on a machine that is put to sleep; the worker and the media go on.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, shortLeaseMs + 500);
    await watched.moreFrames(25);
    expect([...one.stages.told, ...other.stages.told].map((news) => news.kind)).toEqual(['trackAdded']);
  });

  it('leaves no guest of its own behind on another', async () => {
    const [one, other] = [await openNode({ leaseMs: shortLeaseMs }), await openNode({ leaseMs: shortLeaseMs })];
    const viewer = await joinAsPeer(one.stages, { workshopId });
    const host = await joinAsPeer(other.stages, { workshopId, mayPresent: true });
    const { id } = await host.publish();
    const watched = await viewer.watch(id);
    // 25 a second: longer than a lease. A node that is there keeps its guests.
    await watched.moreFrames(75);
    expect(one.stages.told).toHaveLength(1);
    cutOff(other);
    expect(await one.stages.news('trackRemoved')).toMatchObject({ trackId: id });
  });
});

describe('what gets lost between nodes', () => {
  it('is made good: a leave that was not heard', async () => {
    const losing = (bus: Bus): Bus => ({ ...bus, request: (nodeId, topic, data) => (isLeave(data) ? Promise.reject(new Error('lost')) : bus.request(nodeId, topic, data)) });
    const [one, other] = [await openNode({ leaseMs: shortLeaseMs }), await openNode({ leaseMs: shortLeaseMs, tamper: losing })];
    await joinAsPeer(one.stages, { workshopId });
    const [host, stayer] = [await joinAsPeer(other.stages, { workshopId, mayPresent: true }), await joinAsPeer(other.stages, { workshopId, mayPresent: true })];
    const [gone, staying] = [await host.publish(), await stayer.publish()];
    await other.stages.leave(workshopId, host.connectionId);
    expect(await one.stages.news('trackRemoved')).toMatchObject({ trackId: gone.id });
    expect((await joinAsPeer(one.stages, { workshopId })).view.tracks.map((track) => track.id)).toEqual([staying.id]);
  });

  it('is borne: media flows on while Redis is away, and nobody is let go for it', async () => {
    let time = Date.now();
    const now = () => new Date(time);
    const [one, other] = [await openNode({ leaseMs: 2_000, now }), await openNode({ leaseMs: 2_000, now })];
    const host = await joinAsPeer(one.stages, { workshopId, mayPresent: true });
    const viewer = await joinAsPeer(other.stages, { workshopId });
    const watched = await viewer.watch((await host.publish()).id);
    await watched.moreFrames(3);
    const restored = new Promise<void>((resolve) => one.bus.onRestored(resolve));

    cutOff(other);
    await redis.stop();
    time += 3_600_000;
    await watched.moreFrames(25);
    expect([one.bus.isUp(), other.bus.isUp()]).toEqual([false, false]);
    redis = await startRedis(redis.port);
    await restored;
    // The holder goes through several rounds before the viewer's node is heard again.
    await watched.moreFrames(50);
    await reconnect(other);
    expect(await other.stages.restartIce(viewer.connectionId, { workshopId, epoch: host.view.epoch, transportId: viewer.view.receive.id })).toMatchObject({ iceLite: true });
    await watched.moreFrames(25);
    // Which layers are needed may be told again meanwhile: a node that was not heard says so anew.
    const told = [...one.stages.told, ...other.stages.told].map((news) => news.kind);
    expect(told.filter((kind) => kind !== 'layersNeeded')).toEqual(['trackAdded']);
  });
});

function isLeave(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'ask' in data && data.ask === 'leave';
}
