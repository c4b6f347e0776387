/** The stage of a real house, over sockets, on two nodes: whoever loses the right to it loses its packets. */
import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { redisStageLeases } from '../../../server/media/redisStageLeases.js';
import { Grant } from '../../../server/models/grant.js';
import { moderation } from '../../../shared/contracts/moderation.js';
import { attendance } from '../../../shared/contracts/attendance/attendance.js';
import { chat } from '../../../shared/contracts/chat.js';
import { rights, type EndReason } from '../../../shared/contracts/rights.js';
import { onStage } from '../../../shared/contracts/live/onStage.js';
import { questions } from '../../../shared/contracts/live/questions.js';
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
/** By how much the houses' clock goes before this machine's. Milliseconds. */
let ahead = 0;

/** A house on the shared Redis with a worker of its own, which runs when this resolves. */
async function open(beside?: House): Promise<House> {
  let opened: TestStages | undefined;
  const one = await openHouse({
    redisUrl: redis.url,
    beside,
    now: () => new Date(Date.now() + ahead),
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

interface Watcher {
  guest: Guest;
  peer: Peer;
  watched: Watched;
}

describe('on a live stage', () => {
  let workshopId: string;
  let host: Guest;
  let organizer: Guest;
  let hostPeer: Peer;
  let trackId: string;

  // The host is on one node, and the stage with them.
  beforeEach(async () => {
    const published = await publish(house);
    workshopId = published.workshop.id;
    ({ host, organizer } = published);
    hostPeer = await joinAsPeer(doorOf(host), { workshopId, mayPresent: true });
    dataOf(await host.call(workshops.goLive, { workshopId }));
    trackId = (await hostPeer.publish()).id;
  });

  /** A ticket holder, on the other node unless told, who watches. */
  async function watcher(at = node): Promise<Watcher> {
    const guest = await ticketHolder(at, workshopId);
    const peer = await joinAsPeer(doorOf(guest), { workshopId });
    const watched = await peer.watch(trackId);
    await watched.moreFrames(3);
    return { guest, peer, watched };
  }

  /** The ways to lose the right to be here, each with the reason that is told. */
  const endings: [EndReason, (guest: Guest) => Promise<unknown>][] = [
    ['refunded', (guest) => endTicket(house, guest, workshopId)],
    ['banned', async (guest) => dataOf(await organizer.call(moderation.restrict, { clientRestrictionId: randomUUID(), kind: 'ban', memberId: guest.id, roomId: null, minutes: null, reason: 'Spam' }))],
    ['ended_by_time', (guest) => Grant.updateOne({ memberId: guest.id }, { $set: { endsAt: new Date(Date.now() + ahead + 50) } })],
  ];

  it('whoever loses the right to be here receives not one packet more, on either node; everybody else does', async ({ annotate }) => {
    const [other, ...losers] = await Promise.all([watcher(), ...endings.flatMap(([reason, end]) => [house, node].map(async (at) => ({ reason, end, ...(await watcher(at)) })))]);
    const out = async ({ guest, end, reason }: (typeof losers)[number]): Promise<number> => {
      const endedAt = performance.now();
      await end(guest);
      expect(await guest.next(rights.leftWorkshop)).toEqual({ workshopId, reason });
      return performance.now() - endedAt;
    };
    await annotate(`the last was out after ${Math.round(Math.max(...(await Promise.all(losers.map(out)))))} ms`);
    await other.watched.moreFrames(3);
    const packets = (): Promise<number[]> => Promise.all(losers.map(({ watched }) => watched.packets()));
    const before = await packets();
    await other.watched.moreFrames(25);
    expect(await packets()).toEqual(before);
    for (const { guest } of losers) expect(await guest.call(stage.join, { workshopId })).toEqual({ ok: false, failure: { code: 'workshop.not_found', data: {} } });
    expect(await other.guest.call(stage.consume, { workshopId, epoch: other.peer.view.epoch, trackIds: [trackId], rtpCapabilities: other.peer.capabilities })).toMatchObject({ ok: true });
  });

  it('a host whose line to the house is lost is off the stage, and everybody hears it', async () => {
    const { guest, peer } = await watcher();
    host.socket.disconnect();
    expect(await guest.next(stage.trackRemoved)).toEqual({ workshopId, epoch: peer.view.epoch, trackId });
    expect((await joinAsPeer(doorOf(await ticketHolder(node, workshopId)), { workshopId })).view.tracks).toEqual([]);
  });

  it('a worker\'s death is told on every node, and everybody is back under a new epoch; chat, questions and attendance never notice', async () => {
    const { guest, peer } = await watcher();
    const { roomId } = dataOf(await organizer.ask(workshops.show, { workshopId }));
    for (const one of [guest, host]) dataOf(await one.call(workshops.enter, { workshopId }));
    dataOf(await host.call(chat.join, { roomId }));
    const said: number[] = [];
    /** What a workshop goes on with: a message that the host hears, and a question that is asked, shown and voted for. */
    const goOn = async (text: string): Promise<void> => {
      said.push(dataOf(await guest.call(chat.send, { roomId, clientMessageId: randomUUID(), text })).seq);
      await host.next(chat.posted, ({ messages }) => messages.some((message) => message.text === text));
      const { id: questionId } = dataOf(await guest.call(questions.ask, { workshopId, clientQuestionId: randomUUID(), text }));
      dataOf(await host.call(questions.approve, { workshopId, questionId }));
      expect(dataOf(await host.call(questions.vote, { workshopId, questionId, isOn: true })).votes).toBe(1);
      await guest.next(questions.voted, ({ votes }) => votes.some((vote) => vote.questionId === questionId && vote.votes === 1));
    };
    const sheet = async () => dataOf(await organizer.ask(attendance.sheet, { workshopId })).rows.map(({ person, intervals }) => ({ id: person.id, intervals }));
    await goOn('before');
    const before = await sheet();
    expect(before.map(({ id, intervals }) => [id, intervals.length, intervals[0]?.leftAt])).toEqual(expect.arrayContaining([[guest.id, 1, null], [host.id, 1, null]]));

    process.kill(stages[0]?.workers[0]?.pid ?? 0, 'SIGKILL');
    await goOn('in the dark');
    expect((await guest.next(stage.reset)).epoch).toBeGreaterThan(peer.view.epoch);
    await host.next(stage.reset);
    await goOn('told of it');
    const [hostAgain, again] = [await joinAsPeer(doorOf(host), { workshopId, mayPresent: true }), await joinAsPeer(doorOf(guest), { workshopId })];
    const { id } = await hostAgain.publish();
    await guest.next(stage.trackAdded, ({ track }) => track.id === id);
    await (await again.watch(id)).moreFrames(3);
    await goOn('seeing again');
    expect(said).toEqual(said.map((_seq, place) => (said[0] ?? 0) + place));
    // The same stays, not one second of them lost, and nobody was taken for gone.
    expect(await sheet()).toEqual(before);
  });

  it('a speaker sends from their coming to their going, and nothing that is held', async () => {
    const onlooker = await watcher();
    const speaker = await ticketHolder(node, workshopId);
    const ofSpeaker = { workshopId, memberId: speaker.id };
    dataOf(await speaker.call(workshops.enter, { workshopId }));
    dataOf(await host.call(onStage.invite, ofSpeaker));
    dataOf(await speaker.call(onStage.acceptInvitation, { workshopId }));
    const peer = await joinAsPeer(doorOf(speaker), { workshopId, mayPresent: true });
    const { id } = await peer.publish();
    // One who receives nothing but the speaker, beside one who receives nothing but the host.
    const viewer = await joinAsPeer(doorOf(await ticketHolder(house, workshopId)), { workshopId });
    const seen = await viewer.watch(id);
    await seen.moreFrames(3);
    /** What of the speaker comes while a second of the host does. */
    const packetsMeanwhile = async (): Promise<number> => {
      await onlooker.watched.moreFrames(3);
      const before = await seen.packets();
      await onlooker.watched.moreFrames(25);
      return (await seen.packets()) - before;
    };

    const resume = { workshopId, epoch: peer.view.epoch, trackId: id, paused: false };
    dataOf(await host.call(onStage.silence, { ...ofSpeaker, media: 'video', how: 'held' }));
    await onlooker.guest.next(stage.trackChanged, ({ track }) => track.id === id && track.paused);
    expect(await speaker.call(stage.pauseTrack, resume)).toMatchObject({ ok: false, failure: { code: 'stage.silenced' } });
    expect(await packetsMeanwhile()).toBe(0);
    dataOf(await host.call(onStage.silence, { ...ofSpeaker, media: 'video', how: 'lifted' }));
    dataOf(await speaker.call(stage.pauseTrack, resume));
    await seen.moreFrames(3);

    const takenOffAt = performance.now();
    dataOf(await host.call(onStage.takeOffStage, ofSpeaker));
    await onlooker.guest.next(stage.trackRemoved, ({ trackId: gone }) => gone === id);
    expect(performance.now() - takenOffAt).toBeLessThan(1_000);
    expect(await packetsMeanwhile()).toBe(0);
    expect(await speaker.call(stage.present, { workshopId, epoch: peer.view.epoch })).toMatchObject({ ok: false, failure: { code: 'workshop.not_found' } });
    // They see on, as audience.
    await (await peer.watch(trackId)).moreFrames(3);
  });

  it('the lead passes to a host on the other node, and back to the one who had it', async () => {
    const second = await node.guest({ as: organizer });
    dataOf(await second.call(stage.join, { workshopId }));
    const onlooker = await ticketHolder(node, workshopId);
    dataOf(await onlooker.call(workshops.enter, { workshopId }));
    host.socket.disconnect();
    await expect.poll(async () => {
      ahead += 11_000;
      await node.app.deps.rosters.lookAtAll();
      return dataOf(await onlooker.call(onStage.show, { workshopId })).roster;
    }, { interval: 250 }).toMatchObject({ leadHostId: organizer.id, mayTakeLeadId: host.id });
    await onlooker.next(onStage.rosterChanged, ({ leadHostId }) => leadHostId === organizer.id);
    const back = await house.guest({ as: host });
    dataOf(await back.call(stage.join, { workshopId }));
    dataOf(await back.call(onStage.handOver, { workshopId, memberId: host.id }));
    await second.next(onStage.rosterChanged, ({ leadHostId, mayTakeLeadId }) => leadHostId === host.id && mayTakeLeadId === null);
  });

  it('the end of the workshop is the end of its media', async () => {
    const { guest, peer } = await watcher();
    dataOf(await host.call(workshops.end, { workshopId }));
    await guest.next(stage.trackRemoved, (removed) => removed.trackId === trackId);
    expect(await guest.call(stage.restartIce, { workshopId, epoch: peer.view.epoch, transportId: peer.view.receive.id })).toMatchObject({ ok: false, failure: { code: expect.stringMatching(/^media\.(stale_epoch|not_found)$/) } });
    expect(await guest.call(stage.join, { workshopId })).toMatchObject({ ok: false, failure: { code: 'workshop.wrong_state' } });
  });
});
