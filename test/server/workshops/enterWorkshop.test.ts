import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Attendance } from '../../../server/models/attendance/stay.js';
import { Member } from '../../../server/models/member.js';
import { hostsChannel, insideChannel, workshopChannel } from '../../../server/realtime/channels.js';
import { rights } from '../../../shared/contracts/rights.js';
import { stage } from '../../../shared/contracts/live/stage.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import { openHouse, type House } from '../../support/house.js';
import { dataOf, endTicket, publish, ticketHolder } from './aWorkshop.js';

const notFound = { ok: false, failure: { code: 'workshop.not_found', data: {} } };

describe('entering a workshop', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());

  /** Who on this node is in a channel. */
  const inside = (channel: string): string[] => [...(house.app.io.sockets.adapter.rooms.get(channel) ?? [])];

  it('is for those who may, and looks to others as if there were none', async () => {
    const { workshop, host } = await publish(house);
    const [holder, stranger] = [await ticketHolder(house, workshop.id), await house.guest()];
    const input = { workshopId: workshop.id };

    expect(await holder.call(workshops.enter, input)).toMatchObject({ ok: true, data: { id: workshop.id, you: { canEnter: true, why: 'ticket' } } });
    expect(await host.call(workshops.enter, input)).toMatchObject({ ok: true, data: { you: { canHost: true } } });
    expect(await stranger.call(workshops.enter, input)).toEqual(notFound);
    expect(await stranger.call(workshops.enter, { workshopId: '0'.repeat(24) })).toEqual(notFound);

    expect(new Set(inside(workshopChannel(workshop.id)))).toEqual(new Set([holder.socket.id, host.socket.id]));
    expect(inside(hostsChannel(workshop.id))).toEqual([host.socket.id]);
  });

  it('ends when one leaves, and leaving needs no right', async () => {
    const { workshop } = await publish(house);
    const [holder, stranger] = [await ticketHolder(house, workshop.id), await house.guest()];
    await holder.call(workshops.enter, { workshopId: workshop.id });
    expect(await stranger.call(workshops.leave, { workshopId: workshop.id })).toEqual({ ok: true, data: {} });
    expect(inside(workshopChannel(workshop.id))).toEqual([holder.socket.id]);
    expect(await holder.call(workshops.leave, { workshopId: workshop.id })).toEqual({ ok: true, data: {} });
    expect(inside(workshopChannel(workshop.id))).toEqual([]);
    expect(inside(insideChannel(workshop.id, holder.id))).toEqual([]);
  });

  it('ends at once with the right, with the reason, and only for whose right it was', async () => {
    const { workshop } = await publish(house);
    const [holder, other] = [await ticketHolder(house, workshop.id), await ticketHolder(house, workshop.id)];
    const elsewhere = await house.guest({ as: holder });
    for (const guest of [holder, other]) await guest.call(workshops.enter, { workshopId: workshop.id });

    await endTicket(house, holder, workshop.id);

    const told = { workshopId: workshop.id, reason: 'refunded' };
    expect(await holder.heard(rights.leftWorkshop)).toEqual([told]);
    expect(await other.heard(rights.leftWorkshop)).toEqual([]);
    // The member's other connection was not inside: it hears of the right, not of having left.
    expect(await elsewhere.heard(rights.leftWorkshop)).toEqual([]);
    expect(await elsewhere.heard(rights.changed)).toEqual([{ scope: { kind: 'workshop', workshopId: workshop.id }, change: 'ended', reason: 'refunded' }]);
    expect(inside(workshopChannel(workshop.id))).toEqual([other.socket.id]);
    expect(inside(insideChannel(workshop.id, holder.id))).toEqual([]);
    expect(await holder.call(workshops.enter, { workshopId: workshop.id })).toEqual(notFound);
    expect(await holder.ask(workshops.show, { workshopId: workshop.id })).toMatchObject({ data: { you: { canEnter: false, ended: { reason: 'refunded' } } } });
    expect(await Attendance.findOne({ connectionId: holder.socket.id }).lean()).toMatchObject({ leaveReason: 'removed' });
  });

  it('leaves nobody inside whose right ended while they entered', async () => {
    const { workshop } = await publish(house);
    for (let round = 0; round < 15; round += 1) {
      const holder = await ticketHolder(house, workshop.id);
      const entering = holder.call(workshops.enter, { workshopId: workshop.id });
      await endTicket(house, holder, workshop.id);
      await entering;
      expect(inside(insideChannel(workshop.id, holder.id))).toEqual([]);
      expect(inside(workshopChannel(workshop.id))).toEqual([]);
      expect(await Attendance.countDocuments({ memberId: holder.id, leftAt: null })).toBe(0);
    }
  });

  it('leaves nothing behind of a connection that was lost while it entered', async () => {
    const { workshop } = await publish(house);
    const gone: string[] = [];
    for (let round = 0; round < 10; round += 1) {
      const holder = await ticketHolder(house, workshop.id);
      gone.push(holder.id);
      holder.socket.emit(workshops.enter.name, { workshopId: workshop.id }, () => undefined);
      holder.close();
    }
    // Whatever they began is done once a later entrance on the same server is.
    await expect.poll(() => house.app.io.sockets.adapter.rooms.has(workshopChannel(workshop.id))).toBe(false);
    await expect.poll(() => Attendance.countDocuments({ memberId: { $in: gone }, leftAt: null })).toBe(0);
  });

  it('takes the hosts\' part from one who may no longer host, and leaves them inside', async () => {
    const { workshop, host } = await publish(house);
    const helper = await house.guest({ role: 'organizer' });
    for (const guest of [host, helper]) dataOf(await guest.call(workshops.enter, { workshopId: workshop.id }));
    expect(new Set(inside(hostsChannel(workshop.id)))).toEqual(new Set([host.socket.id, helper.socket.id]));

    await Member.updateOne({ _id: helper.id }, { $set: { role: 'moderator' } });
    await house.app.deps.rightsChanged({ memberId: helper.id, scope: null, change: 'ended', reason: 'role_changed' });
    expect(inside(hostsChannel(workshop.id))).toEqual([host.socket.id]);
    expect(new Set(inside(workshopChannel(workshop.id)))).toEqual(new Set([host.socket.id, helper.socket.id]));
    expect(await helper.heard(rights.leftWorkshop)).toEqual([]);
  });

  it('opens the stage to hosts before and its lobby to all inside, itself to all while live, and to nobody after', async () => {
    const { workshop, host } = await publish(house);
    const [holder, stranger] = [await ticketHolder(house, workshop.id), await house.guest()];
    const input = { workshopId: workshop.id };
    const wrongState = (state: string): object => ({ ok: false, failure: { code: 'workshop.wrong_state', data: { state } } });
    // Past the gate, this house without live video has its own refusal.
    const letThrough = { ok: false, failure: { code: 'media.unavailable', data: {} } };

    // Before it is live whoever has a seat waits in its lobby: what they see there is `lobby.test.ts`'s.
    expect(await holder.call(stage.join, input)).toEqual(letThrough);
    expect(await holder.call(stage.look, { ...input, epoch: 0 })).toEqual(wrongState('scheduled'));
    expect(await stranger.call(stage.join, input)).toEqual(notFound);
    expect(await host.call(stage.join, input)).toEqual(letThrough);
    dataOf(await host.call(workshops.goLive, input));
    expect(await holder.call(stage.join, input)).toEqual(letThrough);
    expect(await stranger.call(stage.join, input)).toEqual(notFound);
    dataOf(await host.call(workshops.end, input));
    expect(await host.call(stage.join, input)).toEqual(wrongState('ended'));
    expect(await holder.call(stage.join, input)).toEqual(wrongState('ended'));
  });

  it('lets only hosts put tracks on stage', async () => {
    const { workshop, host } = await publish(house);
    const holder = await ticketHolder(house, workshop.id);
    dataOf(await host.call(workshops.goLive, { workshopId: workshop.id }));
    const close = { workshopId: workshop.id, epoch: 0, trackId: 'track' };
    // Past the gate, nobody is on the stage.
    const letThrough = { ok: false, failure: { code: 'media.not_found', data: {} } };
    expect(await holder.call(stage.closeTrack, close)).toEqual(notFound);
    expect(await holder.call(stage.pauseTrack, { ...close, paused: true })).toEqual(notFound);
    expect(await holder.call(stage.resume, { workshopId: workshop.id, epoch: 0, consumerIds: ['c'] })).toEqual(letThrough);
    expect(await host.call(stage.closeTrack, close)).toEqual(letThrough);
  });
});
