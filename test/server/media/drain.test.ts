/** A node that is drained for a deploy: whoever is on it goes on at another one, in the middle of a live workshop. */
import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { redisStageLeases } from '../../../server/media/redisStageLeases.js';
import { attendance } from '../../../shared/contracts/attendance/attendance.js';
import { chat } from '../../../shared/contracts/chat.js';
import { stage } from '../../../shared/contracts/live/stage.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { closePeers, joinAsPeer, type Peer } from '../../support/peer.js';
import { doorOf } from '../../support/peerDoor.js';
import { openStages, type TestStages } from '../../support/peerStages.js';
import { startRedis } from '../../support/processes.js';
import { dataOf, publish, ticketHolder } from '../workshops/aWorkshop.js';

interface Node {
  house: House;
  stages: TestStages;
}

let redis: Awaited<ReturnType<typeof startRedis>>;
let leaseLink: Redis;
let staying: Node;
let going: Node;

async function open(beside?: House): Promise<Node> {
  let opened: TestStages | undefined;
  const house = await openHouse({ redisUrl: redis.url, beside, stages: (outside, onNews) => (opened = openStages({ ...outside, onNews, leases: redisStageLeases(leaseLink) })) });
  if (!opened) throw new Error('the house asked for no stages');
  await opened.becomes('ready');
  return { house, stages: opened };
}

beforeAll(async () => {
  redis = await startRedis();
  leaseLink = new Redis(redis.url);
  staying = await open();
  going = await open(staying.house);
});
afterAll(async () => {
  await going.house.close();
  await staying.house.close();
  leaseLink.disconnect();
  await redis.stop();
});
afterEach(closePeers);

/** A connection on a node, and its place on the stage. */
async function sit(guest: Guest, workshopId: string, mayPresent = false): Promise<Peer> {
  return joinAsPeer(doorOf(guest), { workshopId, mayPresent });
}

const moveOut = (node: Node, noticeMs = 0): Promise<void> => node.house.app.moveOut({ noticeMs, signal: AbortSignal.timeout(20_000) });
const readiness = async ({ house }: Node) => {
  const response = await fetch(`${house.url}/readyz`);
  return { status: response.status, ...((await response.json()) as object) };
};

it('moves a live workshop, its host and its audience, and cuts nobody who is elsewhere', async () => {
  const { workshop, organizer, host } = await publish(going.house, { capacity: 10 });
  const input = { workshopId: workshop.id };
  const hosting = await sit(host, workshop.id, true);
  dataOf(await host.call(workshops.goLive, input));
  const { id: trackId } = await hosting.publish();
  const [viewer, elsewhere] = [await ticketHolder(going.house, workshop.id), await ticketHolder(staying.house, workshop.id)];
  const [viewing, watching] = [await sit(viewer, workshop.id), await sit(elsewhere, workshop.id)];
  await Promise.all([(await viewing.watch(trackId)).moreFrames(3), (await watching.watch(trackId)).moreFrames(3)]);
  // Another workshop, on the node that stays: nothing of it is touched.
  const other = await publish(staying.house);
  const steady = await sit(other.host, other.workshop.id, true);
  const steadyViewer = await sit(other.organizer, other.workshop.id);
  const flowing = await steadyViewer.watch((await steady.publish()).id);
  await flowing.moreFrames(3);
  expect(await readiness(going)).toMatchObject({ status: 200, draining: false });

  const lost = [host, viewer].map((guest) => new Promise((resolve) => void guest.socket.once('disconnect', resolve)));
  const moved = moveOut(going);
  for (const guest of [host, viewer, elsewhere]) await guest.next(stage.moving, ({ workshopId }) => workshopId === workshop.id);
  expect((await elsewhere.next(stage.reset)).epoch).toBeGreaterThan(hosting.view.epoch);
  // A lost line, which a client opens again by itself; not a session that was ended.
  expect(await Promise.all(lost)).toEqual(['transport close', 'transport close']);
  await moved;
  expect(await readiness(going)).toMatchObject({ status: 503, draining: true });
  await expect(going.house.guest({ as: viewer })).rejects.toMatchObject({ data: { code: 'server.busy' } });

  // What the client does by itself: the connection opens at the node that is left, and everybody joins again.
  const [hostAgain, viewerAgain] = [await staying.house.guest({ as: host }), await staying.house.guest({ as: viewer })];
  const hostingAgain = await sit(hostAgain, workshop.id, true);
  const { id: newTrackId } = await hostingAgain.publish();
  expect(hostingAgain.view.epoch).toBeGreaterThan(hosting.view.epoch);
  for (const guest of [viewerAgain, elsewhere]) await (await (await sit(guest, workshop.id)).watch(newTrackId)).moreFrames(3);

  // The lecture was moved, not ended, and nobody's attendance was cut by it.
  const { roomId, state } = dataOf(await viewerAgain.call(workshops.enter, input));
  expect(state).toBe('live');
  dataOf(await viewerAgain.call(chat.join, { roomId }));
  dataOf(await viewerAgain.call(chat.send, { roomId, clientMessageId: randomUUID(), text: 'Still here' }));
  const sheet = dataOf(await organizer.ask(attendance.sheet, input));
  expect(sheet.rows.find(({ person }) => person.id === viewer.id)?.intervals).toHaveLength(1);

  await flowing.moreFrames(10);
  expect([await other.host.heard(stage.moving), await other.host.heard(stage.reset), other.host.socket.connected]).toEqual([[], [], true]);
});

it('has a workshop that opens meanwhile stand on another node', async () => {
  const leaving = await open(staying.house);
  const { workshop, organizer, host } = await publish(leaving.house);
  const first = await publish(leaving.house);
  await sit(first.host, first.workshop.id, true);
  expect(leaving.stages.count()).toBe(1);
  await leaving.stages.moveOut();
  expect(leaving.stages.count()).toBe(0);
  const hosting = await sit(host, workshop.id, true);
  await (await (await sit(organizer, workshop.id)).watch((await hosting.publish()).id)).moreFrames(3);
  expect(leaving.stages.count()).toBe(0);
  // A drain that is told to hurry moves nobody more; the close that follows cuts off who is left.
  const hurry = new AbortController();
  const moving = leaving.house.app.moveOut({ noticeMs: 60_000, signal: hurry.signal });
  await host.next(stage.moving);
  hurry.abort();
  await moving;
  expect(host.socket.connected).toBe(true);
  await leaving.house.close();
});

it('moves nobody from the last node that is open, and does not wait', async () => {
  const last = await publish(staying.house);
  const peer = await sit(last.host, last.workshop.id, true);
  const watched = await (await sit(last.organizer, last.workshop.id)).watch((await peer.publish()).id);
  await moveOut(staying, 60_000);
  await watched.moreFrames(3);
  expect([await last.host.heard(stage.moving), last.host.socket.connected]).toEqual([[], true]);
});
