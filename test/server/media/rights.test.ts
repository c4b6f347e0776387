/** The stage of a real house, over sockets, on two nodes: whoever loses the right to it loses its packets. */
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { redisStageLeases } from '../../../server/media/redisStageLeases.js';
import { rights } from '../../../shared/contracts/rights.js';
import { stage } from '../../../shared/contracts/live/stage.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { closePeers, joinAsPeer, type Peer, type Watched } from '../../support/peer.js';
import { doorOf } from '../../support/peerDoor.js';
import { openStages, type TestStages } from '../../support/peerStages.js';
import { startRedis } from '../../support/processes.js';
import { dataOf, endTicket, publish, ticketHolder } from '../workshops/aWorkshop.js';

let redis: Awaited<ReturnType<typeof startRedis>>;
let leaseLink: Redis;
let house: House;
let node: House;
let stages: TestStages[];

/** A house on the shared Redis with a worker of its own, which runs when this resolves. */
async function open(beside?: House): Promise<House> {
  let opened: TestStages | undefined;
  const one = await openHouse({
    redisUrl: redis.url,
    beside,
    stages: (outside, onNews) => (opened = openStages({ ...outside, onNews, leases: redisStageLeases(leaseLink) })),
  });
  if (!opened) throw new Error('the house asked for no stages');
  stages.push(opened);
  await opened.becomes('ready');
  return one;
}

beforeAll(async () => {
  stages = [];
  redis = await startRedis();
  leaseLink = new Redis(redis.url);
  house = await open();
  node = await open(house);
});
afterAll(async () => {
  await node.close();
  await house.close();
  leaseLink.disconnect();
  await redis.stop();
});
afterEach(closePeers);

describe('on a live stage', () => {
  let workshopId: string;
  let host: Guest;
  let hostPeer: Peer;
  let trackId: string;

  // The host is on one node, and the stage with them.
  beforeEach(async () => {
    const published = await publish(house);
    workshopId = published.workshop.id;
    ({ host } = published);
    hostPeer = await joinAsPeer(doorOf(host), { workshopId, mayPresent: true });
    dataOf(await host.call(workshops.goLive, { workshopId }));
    trackId = (await hostPeer.publish()).id;
  });

  /** A ticket holder on the other node who watches. */
  async function watcher(): Promise<{ guest: Guest; peer: Peer; watched: Watched }> {
    const guest = await ticketHolder(node, workshopId);
    const peer = await joinAsPeer(doorOf(guest), { workshopId });
    const watched = await peer.watch(trackId);
    await watched.moreFrames(3);
    return { guest, peer, watched };
  }

  it('a refund stops the packets of its ticket, on another node too, and nobody else\'s', async () => {
    const [refunded, other] = [await watcher(), await watcher()];
    await endTicket(house, refunded.guest, workshopId);
    await refunded.guest.next(rights.leftWorkshop);
    await other.watched.moreFrames(3);
    const packets = await refunded.watched.packets();
    await other.watched.moreFrames(25);
    expect(await refunded.watched.packets()).toBe(packets);
    expect(await refunded.guest.call(stage.join, { workshopId })).toEqual({ ok: false, failure: { code: 'workshop.not_found', data: {} } });
    expect(await other.guest.call(stage.consume, { workshopId, epoch: other.peer.view.epoch, trackIds: [trackId], rtpCapabilities: other.peer.capabilities })).toMatchObject({ ok: true });
  });

  it('a host whose line to the house is lost is off the stage, and everybody hears it', async () => {
    const { guest, peer } = await watcher();
    host.socket.disconnect();
    expect(await guest.next(stage.trackRemoved)).toEqual({ workshopId, epoch: peer.view.epoch, trackId });
    expect((await joinAsPeer(doorOf(await ticketHolder(node, workshopId)), { workshopId })).view.tracks).toEqual([]);
  });

  it('a worker\'s death is told on every node, and everybody is back under a new epoch', async () => {
    const { guest, peer } = await watcher();
    process.kill(stages[0]?.workers[0]?.pid ?? 0, 'SIGKILL');
    expect((await guest.next(stage.reset)).epoch).toBeGreaterThan(peer.view.epoch);
    await host.next(stage.reset);
    const [hostAgain, again] = [await joinAsPeer(doorOf(host), { workshopId, mayPresent: true }), await joinAsPeer(doorOf(guest), { workshopId })];
    const { id } = await hostAgain.publish();
    await guest.next(stage.trackAdded, ({ track }) => track.id === id);
    await (await again.watch(id)).moreFrames(3);
  });

  it('the end of the workshop is the end of its media', async () => {
    const { guest, peer } = await watcher();
    dataOf(await host.call(workshops.end, { workshopId }));
    await guest.next(stage.trackRemoved, (removed) => removed.trackId === trackId);
    expect(await guest.call(stage.restartIce, { workshopId, epoch: peer.view.epoch, transportId: peer.view.receive.id })).toMatchObject({ ok: false, failure: { code: 'media.stale_epoch' } });
    expect(await guest.call(stage.join, { workshopId })).toMatchObject({ ok: false, failure: { code: 'workshop.wrong_state' } });
  });
});
