/** The lobby of a stage: who waits there is connected and measured, and neither hears nor sees anything of what is rehearsed. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { partsOf } from '../../../server/openWorld.js';
import { doctor } from '../../../shared/contracts/live/doctor.js';
import { stage } from '../../../shared/contracts/live/stage.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { closePeers, joinAsPeer, type Peer, type PeerDoor } from '../../support/peer.js';
import { doorOf } from '../../support/peerDoor.js';
import { openStages, type TestStages } from '../../support/peerStages.js';
import { dataOf, publish, ticketHolder } from '../workshops/aWorkshop.js';

let house: House;
let stages: TestStages | undefined;

beforeAll(async () => {
  const up = { isUp: () => true };
  house = await openHouse({ stages: (outside, onNews) => (stages = openStages({ ...outside, onNews, coolDownMs: 1_000 })), parts: partsOf(up, up, () => stages ?? null) });
  await stages?.becomes('ready');
});
afterAll(() => house.close());
afterEach(closePeers);

const refusedAs = (code: string) => ({ ok: false, failure: expect.objectContaining({ code }) as unknown });

/** A workshop that is not live yet, with its host on stage, another one listening, and a member with a seat in the lobby. */
async function rehearsal() {
  const { workshop, host, organizer } = await publish(house);
  const workshopId = workshop.id;
  const viewer = await ticketHolder(house, workshopId);
  const waiting = await joinAsPeer(doorOf(viewer), { workshopId });
  await joinAsPeer(doorOf(organizer), { workshopId, mayPresent: true });
  const hosting = await joinAsPeer(doorOf(host), { workshopId, mayPresent: true });
  const { id: trackId } = await hosting.publish();
  return { workshopId, host, organizer, viewer, waiting, hosting, trackId, place: { workshopId, epoch: waiting.view.epoch } };
}

const consume = ({ capabilities }: Peer, guest: Guest, place: { workshopId: string; epoch: number }, trackId: string) => guest.call(stage.consume, { ...place, trackIds: [trackId], rtpCapabilities: capabilities });

it('tells and gives whoever waits nothing of what hosts rehearse', async () => {
  const { organizer, viewer, waiting, trackId, place, workshopId } = await rehearsal();
  await organizer.next(stage.trackAdded, ({ track }) => track.id === trackId);
  expect(await viewer.heard(stage.trackAdded)).toEqual([]);
  // Joining anew shows no more, nor does asking for it.
  const again = dataOf(await viewer.call(stage.join, { workshopId }));
  for (const view of [waiting.view, again]) expect(view).toMatchObject({ tracks: [], speakingTrackId: null, send: null });
  expect(await viewer.call(stage.look, place)).toEqual(refusedAs('workshop.wrong_state'));
  expect(await consume(waiting, viewer, place, trackId)).toEqual(refusedAs('workshop.wrong_state'));
  // Who may rehearse may see.
  expect(dataOf(await organizer.call(stage.look, place)).tracks.map(({ id }) => id)).toEqual([trackId]);
  expect(dataOf(await consume(waiting, organizer, place, trackId))).toHaveLength(1);
});

it('opens to whoever waited over the road that stands already', async () => {
  const { host, viewer, waiting, hosting, trackId, place, workshopId } = await rehearsal();
  await begin(waiting, viewer, place);
  await expect.poll(() => waiting.receive.connectionState).toBe('connected');
  dataOf(await host.call(workshops.goLive, { workshopId }));
  await viewer.next(workshops.changed, ({ id, state }) => id === workshopId && state === 'live');
  const now = dataOf(await viewer.call(stage.look, place));
  expect(now.tracks.map(({ id }) => id)).toEqual([trackId]);
  await (await waiting.watch(trackId)).moreFrames(3);
  // From the answer on the stage's news come too.
  const { id } = await hosting.publish('microphone');
  await viewer.next(stage.trackAdded, ({ track }) => track.id === id);
});

it('measures a line by a stream that ends by itself, and that nobody without a seat is given', async () => {
  const { viewer, waiting, place } = await rehearsal();
  // 200 packets a second flow, however late a busy node comes to it: this one has three moments in four for other things.
  const busy = setInterval(() => holdUp(60), 80);
  const packets = await measure(waiting, viewer, place);
  clearInterval(busy);
  expect(packets).toBeGreaterThan(500);
  const stranger = await house.guest();
  expect(await stranger.call(stage.probe, { ...place, rtpCapabilities: waiting.capabilities })).toEqual(refusedAs('workshop.not_found'));
  expect(await stranger.call(stage.look, place)).toEqual(refusedAs('workshop.not_found'));
  // A consumer of a stranger's is nobody's to resume.
  expect(await viewer.call(stage.probe, { ...place, epoch: place.epoch + 1, rtpCapabilities: waiting.capabilities })).toEqual(refusedAs('media.stale_epoch'));
});

it('has a host\'s road to the house tried over a trial of their own, which is thrown away', async () => {
  const [host, other] = [await house.guest({ role: 'host' }), await house.guest({ role: 'host' })];
  // What the test house is set up with, and no port that is closed.
  expect(dataOf(await host.call(doctor.look, {}))).toEqual({ findings: [{ kind: 'privateAddress', address: '127.0.0.1' }, { kind: 'noRelay' }], hasRelay: false });
  const peer = await joinAsPeer(trialDoor(host), { workshopId: 'none' });
  const trial = { transportId: peer.receive.id };
  const view = dataOf(await host.call(doctor.probe, { ...trial, rtpCapabilities: peer.capabilities }));
  await peer.receive.consume({ id: view.id, producerId: view.trackId, kind: view.kind, rtpParameters: view.rtpParameters as never });
  expect(await other.call(doctor.resume, { ...trial, consumerId: view.id })).toEqual(refusedAs('media.not_found'));
  dataOf(await host.call(doctor.resume, { ...trial, consumerId: view.id }));
  await expect.poll(() => packetsOf(peer)).toBeGreaterThan(50);

  const { receive } = dataOf(await host.call(doctor.open, {}));
  expect(await host.call(doctor.probe, { ...trial, rtpCapabilities: peer.capabilities })).toEqual(refusedAs('media.not_found'));
  const connectionId = host.socket.id ?? '';
  const probeIt = () => stages?.trials.probe(connectionId, { transportId: receive.id, rtpCapabilities: peer.capabilities });
  expect(await probeIt()).toMatchObject({ kind: 'audio' });
  host.close();
  await expect.poll(() => probeIt()?.catch(({ code }: { code: string }) => code)).toBe('media.not_found');
});

it('says on /readyz that its media worker keeps dying, serves on without it, and says so when it is back', async () => {
  const readiness = async (): Promise<[number, unknown]> => {
    const response = await fetch(`${house.url}/readyz`);
    return [response.status, await response.json()];
  };
  const serving = { ready: true, draining: false, store: 'up', bus: 'up' };
  expect(await readiness()).toEqual([200, { ...serving, media: 'ready' }]);
  const { workshop, host } = await publish(house);
  const workers = stages?.workers ?? [];
  for (const deaths of [1, 2, 3, 4]) {
    process.kill(workers.at(-1)?.pid ?? 0, 'SIGKILL');
    if (deaths < 4) await expect.poll(() => workers.length, { interval: 5 }).toBe(deaths + 1);
  }
  await stages?.becomes('unavailable');
  const [told, joined] = await Promise.all([readiness(), host.call(stage.join, { workshopId: workshop.id })]);
  expect(told).toEqual([200, { ...serving, media: 'unavailable' }]);
  expect(joined).toEqual(refusedAs('media.unavailable'));
  await stages?.becomes('ready');
  expect(await readiness()).toEqual([200, { ...serving, media: 'ready' }]);
  expect(await host.call(stage.join, { workshopId: workshop.id })).toMatchObject({ ok: true });
});

it('finds that the house cannot reach its own media port', async () => {
  const astray = openStages({ announcedAddress: '127.0.0.2' });
  await astray.becomes('ready');
  expect(await astray.trials.findClosedPort()).toMatchObject({ address: '127.0.0.2' });
  await astray.close();
});

/** The doctor's trial in the form in which a peer asks a stage. */
const trialDoor = (guest: Guest): PeerDoor => ({
  ...doorOf(guest),
  join: async () => ({ ...dataOf(await guest.call(doctor.open, {})), epoch: 0, send: null, tracks: [], speakingTrackId: null }),
  connect: async (_connectionId, { transportId, dtlsParameters }) => void dataOf(await guest.call(doctor.connect, { transportId, dtlsParameters })),
});

async function packetsOf({ receive }: Peer): Promise<number> {
  let packets = 0;
  (await receive.getStats()).forEach((row: { type: string; packetsReceived?: number }) => (packets += row.type === 'inbound-rtp' ? (row.packetsReceived ?? 0) : 0));
  return packets;
}

/** Keeps this process from anything else. */
function holdUp(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

/** Consumes the probe as a browser does, and lets it flow. Answers its consumer's id. */
async function begin({ receive, capabilities }: Peer, guest: Guest, place: { workshopId: string; epoch: number }): Promise<string> {
  const view = dataOf(await guest.call(stage.probe, { ...place, rtpCapabilities: capabilities }));
  await receive.consume({ id: view.id, producerId: view.trackId, kind: view.kind, rtpParameters: view.rtpParameters as never });
  dataOf(await guest.call(stage.resume, { ...place, consumerIds: [view.id] }));
  return view.id;
}

/** How many packets of the probe came by the time it had ended. */
async function measure(peer: Peer, guest: Guest, place: { workshopId: string; epoch: number }): Promise<number> {
  const consumerId = await begin(peer, guest, place);
  await expect.poll(() => guest.call(stage.resume, { ...place, consumerIds: [consumerId] }), { interval: 100 }).toEqual(refusedAs('media.not_found'));
  // In the lobby nothing else is received.
  return packetsOf(peer);
}
