/** Who is on stage and who wants to be, through the door; what flows there is tested in `test/server/media`. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomUUID } from 'node:crypto';
import { Attendance } from '../../../server/models/attendance/stay.js';
import { Member } from '../../../server/models/member.js';
import { StageRoster } from '../../../server/models/onStage/stageRoster.js';
import { Workshop } from '../../../server/models/workshop.js';
import { chat } from '../../../shared/contracts/chat.js';
import { moderation } from '../../../shared/contracts/moderation.js';
import { onStage, type HandsView, type OnStageView } from '../../../shared/contracts/live/onStage.js';
import { stage, type StageView } from '../../../shared/contracts/live/stage.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import { limits } from '../../../shared/limits.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { noVideo } from '../../support/noVideo.js';
import { dataOf, publish, ticketHolder } from '../workshops/aWorkshop.js';

const transport = { id: 't', iceParameters: {}, iceCandidates: [], dtlsParameters: {} };
const opened: StageView = { epoch: 1, routerRtpCapabilities: {}, ice: { servers: [], expiresAt: null }, receive: transport, send: null, tracks: [], speakingTrackId: null };
const refused = (code: string) => ({ ok: false, failure: { code } });

describe('who is on stage', () => {
  let house: House;
  let time = Date.now();
  beforeAll(async () => {
    house = await openHouse({ now: () => new Date(time), stages: () => ({ ...noVideo, join: () => Promise.resolve(opened), present: () => Promise.resolve(transport), look: () => Promise.resolve({ tracks: [], speakingTrackId: null }) }) });
  });
  afterAll(() => house.close());

  interface Hall {
    input: { workshopId: string };
    roomId: string;
    host: Guest;
    organizer: Guest;
    one: Guest;
    other: Guest;
  }

  /** A workshop with its host on stage and two members inside. */
  async function hall({ isLive = true } = {}): Promise<Hall> {
    const { workshop, host, organizer } = await publish(house);
    const input = { workshopId: workshop.id };
    const [one, other] = [await ticketHolder(house, workshop.id), await ticketHolder(house, workshop.id)];
    dataOf(await host.call(stage.join, input));
    for (const guest of [one, other]) dataOf(await guest.call(workshops.enter, input));
    if (isLive) dataOf(await host.call(workshops.goLive, input));
    return { input, roomId: workshop.roomId, host, organizer, one, other };
  }

  const of = ({ input }: Hall, { id }: Guest) => ({ ...input, memberId: id });
  const show = async ({ input }: Hall, guest: Guest): Promise<OnStageView> => dataOf(await guest.call(onStage.show, input));
  const handsOf = (view: HandsView | null): string[] => view?.hands.map(({ person }) => person.id) ?? [];
  async function bring(at: Hall, guest: Guest): Promise<void> {
    dataOf(await at.host.call(onStage.invite, of(at, guest)));
    dataOf(await guest.call(onStage.acceptInvitation, at.input));
  }

  it('begins with a hand: in the order they went up, first-timers marked, down when they are invited', async () => {
    const at = await hall();
    const { host, one, other, input } = at;
    await bring(at, one);
    dataOf(await one.call(onStage.stepDown, input));
    for (const guest of [other, one, other]) dataOf(await guest.call(onStage.raiseHand, input));
    const { hands } = await show(at, host);
    expect(hands?.hands.map(({ person, isFirst }) => [person.id, isFirst])).toEqual([[other.id, true], [one.id, false]]);
    expect((await show(at, one)).hands).toBeNull();

    expect(handsOf(dataOf(await host.call(onStage.lowerHandOf, of(at, one))))).toEqual([other.id]);
    expect(dataOf(await other.call(onStage.show, input)).own.handSince).not.toBeNull();
    const invited = dataOf(await host.call(onStage.invite, of(at, other)));
    expect([handsOf(invited), invited.invited.map(({ id }) => id)]).toEqual([[], [other.id]]);
    expect(await other.call(onStage.raiseHand, input)).toMatchObject(refused('stage.already'));
    expect(await one.call(onStage.acceptInvitation, input)).toMatchObject(refused('stage.not_invited'));
    expect(dataOf(await other.call(onStage.acceptInvitation, input))).toMatchObject({ isSpeaker: true, invitedBy: null, handSince: null });
  });

  it('shows hosts the first hands, and of the others how many there are', async () => {
    const at = await hall();
    const joinedAt = new Date(time);
    const people = await Member.insertMany(Array.from({ length: limits.handsShown + 1 }, (_none, index) => ({ email: `${randomUUID()}@example.org`, name: `Hand ${index}`, passwordHash: 'none', role: 'member', joinedAt })));
    await StageRoster.updateOne({ _id: at.input.workshopId }, { $set: { hands: people.map(({ _id }) => ({ memberId: _id, raisedAt: joinedAt })) } });
    expect(dataOf(await at.one.call(onStage.raiseHand, at.input)).handSince).not.toBeNull();
    const told = (await at.host.heard(onStage.handsChanged)).at(-1);
    expect(told).toMatchObject({ count: limits.handsShown + 2 });
    expect(handsOf(told ?? null)).toEqual(people.slice(0, limits.handsShown).map(({ _id }) => String(_id)));
    expect((await show(at, at.host)).hands).toEqual(told);
  });

  it('is what was held, with all pushes since, and the same as fetched afresh', async () => {
    const at = await hall();
    const { host, organizer, one, other, input } = at;
    dataOf(await organizer.call(stage.join, input));
    const held = new Map<Guest, OnStageView>();
    for (const guest of [host, one, other]) held.set(guest, await show(at, guest));
    const steps: (() => Promise<unknown>)[] = [
      () => one.call(onStage.raiseHand, input),
      () => one.call(onStage.lowerHand, input),
      () => one.call(onStage.raiseHand, input),
      () => host.call(onStage.lowerHandOf, of(at, one)),
      () => host.call(onStage.invite, of(at, one)),
      () => one.call(onStage.declineInvitation, input),
      () => host.call(onStage.invite, of(at, one)),
      () => host.call(onStage.withdrawInvitation, of(at, one)),
      () => host.call(onStage.invite, of(at, one)),
      () => one.call(onStage.acceptInvitation, input),
      () => host.call(onStage.silence, { ...of(at, one), media: 'audio', how: 'held' }),
      () => host.call(onStage.silence, { ...of(at, one), media: 'audio', how: 'lifted' }),
      () => host.call(onStage.lock, { ...input, isLocked: true }),
      () => host.call(onStage.handOver, of(at, organizer)),
      () => host.call(onStage.takeOffStage, of(at, one)),
      () => bring(at, other),
      () => other.call(onStage.stepDown, input),
    ];
    for (const step of steps) {
      await step();
      for (const [guest, before] of held) {
        const newest = <T extends { version: number }>(first: T, told: T[]): T => told.reduce((kept, each) => (each.version > kept.version ? each : kept), first);
        const now = {
          roster: newest(before.roster, await guest.heard(onStage.rosterChanged)),
          hands: before.hands && newest(before.hands, await guest.heard(onStage.handsChanged)),
          own: newest(before.own, await guest.heard(onStage.ownChanged)),
        };
        const fresh = await show(at, guest);
        const bare = (view: OnStageView) => JSON.parse(JSON.stringify(view, (key, value: unknown) => (key === 'version' ? undefined : value))) as unknown;
        expect(bare(now)).toEqual(bare(fresh));
      }
    }
  });

  it('lets its speakers present, and only while they are', async () => {
    const at = await hall();
    const { host, one, other, input } = at;
    const place = { ...input, epoch: 1 };
    for (const guest of [one, other]) dataOf(await guest.call(stage.join, input));
    await bring(at, one);
    expect(await one.call(stage.present, place)).toMatchObject({ ok: true, data: { id: 't' } });
    expect(await other.call(stage.present, place)).toMatchObject(refused('workshop.not_found'));
    dataOf(await host.call(onStage.takeOffStage, of(at, one)));
    expect(await one.call(stage.present, place)).toMatchObject(refused('workshop.not_found'));
  });

  it('takes no hand of whoever is timed out, while it is locked, or before it is live', async () => {
    const at = await hall({ isLive: false });
    const { host, one, other, input, roomId } = at;
    expect(await one.call(onStage.raiseHand, input)).toMatchObject(refused('workshop.wrong_state'));
    dataOf(await host.call(workshops.goLive, input));
    dataOf(await host.call(onStage.lock, { ...input, isLocked: true }));
    expect(await one.call(onStage.raiseHand, input)).toMatchObject(refused('stage.locked'));
    dataOf(await host.call(onStage.lock, { ...input, isLocked: false }));
    dataOf(await host.call(moderation.restrict, { clientRestrictionId: crypto.randomUUID(), kind: 'timeout', memberId: other.id, roomId, minutes: 5, reason: 'Noise' }));
    expect(await other.call(onStage.raiseHand, input)).toMatchObject(refused('member.timed_out'));
    expect(await one.call(onStage.raiseHand, input)).toMatchObject({ ok: true });
  });

  it('keeps nobody on it, invited to it or in the row for it who is timed out', async () => {
    const at = await hall();
    const { host, one, other, input, roomId } = at;
    const place = { ...input, epoch: 1 };
    dataOf(await one.call(stage.join, input));
    await bring(at, one);
    dataOf(await host.call(onStage.invite, of(at, other)));
    const [restrictionId] = await Promise.all([one, other].map(async ({ id }) => dataOf(await host.call(moderation.restrict, { clientRestrictionId: randomUUID(), kind: 'timeout', memberId: id, roomId, minutes: 5, reason: 'Noise' })).id));
    // From the moment on at which it is stored, whatever the roster says yet.
    expect(await one.call(stage.present, place)).toMatchObject(refused('workshop.not_found'));
    expect(await other.call(onStage.acceptInvitation, input)).toMatchObject(refused('member.timed_out'));
    await one.next(onStage.ownChanged, ({ isSpeaker }) => !isSpeaker);
    await other.next(onStage.ownChanged, ({ invitedBy }) => invitedBy === null);
    expect((await show(at, other)).roster.presenters.map(({ person }) => person.id)).toEqual([host.id]);
    dataOf(await host.call(moderation.lift, { restrictionId: restrictionId ?? '' }));
    await bring(at, one);
    expect(await one.call(stage.present, place)).toMatchObject({ ok: true });
  });

  it('has hosts silenced by the one who leads alone, and the lead given by them', async () => {
    const at = await hall();
    const { host, organizer, one, input } = at;
    dataOf(await organizer.call(stage.join, input));
    const quiet = (memberId: string) => ({ ...input, memberId, media: 'audio', how: 'held' }) as const;
    expect((await show(at, one)).roster.leadHostId).toBe(host.id);
    expect(await host.call(onStage.silence, quiet(one.id))).toMatchObject(refused('stage.nobody'));
    expect(dataOf(await host.call(onStage.silence, quiet(organizer.id))).presenters.map(({ silenced }) => silenced.audio)).toEqual([false, true]);
    expect(dataOf(await host.call(onStage.handOver, of(at, organizer))).leadHostId).toBe(organizer.id);
    expect(await host.call(onStage.silence, quiet(organizer.id))).toMatchObject(refused('role.required'));
    expect(await host.call(onStage.handOver, of(at, host))).toMatchObject(refused('role.required'));
    expect(await organizer.call(onStage.handOver, of(at, one))).toMatchObject(refused('stage.nobody'));
  });

  it('forgets whoever leaves at once, and whoever is lost after a while', async () => {
    const at = await hall();
    const { host, one, other, input } = at;
    for (const guest of [one, other]) dataOf(await guest.call(onStage.raiseHand, input));
    dataOf(await one.call(workshops.leave, input));
    await host.next(onStage.handsChanged, (told) => handsOf(told).join() === other.id);
    other.close();
    await expect.poll(() => Attendance.exists({ memberId: other.id, leftAt: { $ne: null } })).not.toBeNull();
    time += 29_000;
    await house.app.deps.rosters.lookAtAll();
    expect(handsOf((await show(at, host)).hands)).toEqual([other.id]);
    time += 2_000;
    await house.app.deps.rosters.lookAtAll();
    expect(handsOf((await show(at, host)).hands)).toEqual([]);
  });

  it('is led by another host when the one who led is gone, who may take it back', async () => {
    const at = await hall();
    const { host, one, input } = at;
    const beside = await house.guest({ role: 'host' });
    await Workshop.updateOne({ _id: input.workshopId }, { $push: { hostIds: beside.id } });
    dataOf(await beside.call(stage.join, input));
    host.close();
    // Its node has noticed the loss when the attendance is closed.
    await expect.poll(async () => {
      time += 11_000;
      await house.app.deps.rosters.lookAtAll();
      return (await show(at, one)).roster;
    }).toMatchObject({ leadHostId: beside.id, mayTakeLeadId: host.id });
    expect((await one.heard(onStage.rosterChanged)).at(-1)).toMatchObject({ leadHostId: beside.id });
    const back = await house.guest({ as: host });
    dataOf(await back.call(stage.join, input));
    expect((await show(at, one)).roster.leadHostId).toBe(beside.id);
    expect(dataOf(await back.call(onStage.handOver, of(at, host)))).toMatchObject({ leadHostId: host.id, mayTakeLeadId: null });
  });

  it('is led by an organizer until a host comes whom the workshop names, and after that only where the lead is given', async () => {
    const { workshop, host, organizer } = await publish(house);
    const input = { workshopId: workshop.id };
    const lead = async () => dataOf(await organizer.call(onStage.show, input)).roster;
    dataOf(await organizer.call(stage.join, input));
    expect(await lead()).toMatchObject({ leadHostId: organizer.id });
    dataOf(await host.call(stage.join, input));
    expect(await lead()).toMatchObject({ leadHostId: host.id, mayTakeLeadId: null });
    await organizer.next(onStage.rosterChanged, ({ leadHostId }) => leadHostId === host.id);
    // Whoever stood in while the host was lost gives it back when they come again.
    host.close();
    await expect.poll(async () => {
      time += 11_000;
      await house.app.deps.rosters.lookAtAll();
      return lead();
    }).toMatchObject({ leadHostId: organizer.id, presenters: [{}] });
    const back = await house.guest({ as: host });
    dataOf(await back.call(stage.join, input));
    expect(await lead()).toMatchObject({ leadHostId: host.id, mayTakeLeadId: null });
    dataOf(await back.call(onStage.handOver, { ...input, memberId: organizer.id }));
    await house.app.deps.rosters.lookAtAll();
    expect(await lead()).toMatchObject({ leadHostId: organizer.id });
  });

  it('rehearses unseen: until it is live the audience is told nothing, those invited are', async () => {
    const at = await hall({ isLive: false });
    const { host, one, other, input } = at;
    await bring(at, one);
    dataOf(await one.call(stage.join, input));
    // The audience waits in the lobby, and is shown nothing of it.
    const { epoch } = dataOf(await other.call(stage.join, input));
    expect(await other.call(stage.look, { ...input, epoch })).toMatchObject(refused('workshop.wrong_state'));
    expect(await one.call(stage.look, { ...input, epoch })).toMatchObject({ ok: true });
    expect((await show(at, one)).roster.presenters).toHaveLength(2);
    expect((await show(at, other)).roster.presenters).toEqual([]);
    expect((await one.heard(onStage.rosterChanged)).length).toBeGreaterThan(0);
    expect(await other.heard(onStage.rosterChanged)).toEqual([]);
    dataOf(await host.call(workshops.goLive, input));
    expect((await other.next(onStage.rosterChanged)).presenters.map(({ as }) => as)).toEqual(['host', 'speaker']);
  });

  it('keeps out whoever was removed, until they are let back', async () => {
    const at = await hall();
    const { host, one, other, input, roomId } = at;
    await bring(at, one);
    const { id: restrictionId } = dataOf(await host.call(moderation.restrict, { clientRestrictionId: crypto.randomUUID(), kind: 'ban', memberId: one.id, roomId, minutes: null, reason: 'Rude' }));
    await other.next(onStage.rosterChanged, ({ presenters }) => !presenters.some(({ person }) => person.id === one.id));
    for (const call of [onStage.show, onStage.raiseHand, onStage.acceptInvitation, workshops.enter, stage.join]) expect(await one.call(call, input)).toMatchObject(refused('workshop.not_found'));
    const before = (await one.heard(onStage.rosterChanged)).length;
    dataOf(await host.call(onStage.lock, { ...input, isLocked: true }));
    dataOf(await one.call(chat.leave, { roomId }));
    expect(await one.heard(onStage.rosterChanged)).toHaveLength(before);
    expect((await other.heard(onStage.rosterChanged)).at(-1)).toMatchObject({ isLocked: true });
    dataOf(await host.call(moderation.lift, { restrictionId }));
    expect(await one.call(workshops.enter, input)).toMatchObject({ ok: true });
  });

  it('is over with the workshop', async () => {
    const at = await hall();
    const { host, one, other, input } = at;
    await bring(at, one);
    dataOf(await other.call(onStage.raiseHand, input));
    dataOf(await host.call(workshops.end, input));
    await one.next(onStage.ownChanged, (own) => !own.isSpeaker);
    await other.next(onStage.ownChanged, (own) => own.handSince === null);
    for (const call of [onStage.raiseHand, onStage.acceptInvitation, onStage.stepDown]) expect(await one.call(call, input)).toMatchObject(refused('workshop.wrong_state'));
    expect((await show(at, one)).roster.presenters).toEqual([]);
  });
});
