import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AttendanceRecord } from '../../../server/models/attendance/attendanceRecord.js';
import { Attendance } from '../../../server/models/attendance/stay.js';
import { Workshop } from '../../../server/models/workshop.js';
import { forgetStays } from '../../../server/workshops/attendance/forgetStays.js';
import { endAbandoned } from '../../../server/workshops/ending/endAbandoned.js';
import { endForgotten } from '../../../server/workshops/ending/endForgotten.js';
import { freezeAttendance } from '../../../server/workshops/attendance/freezeAttendance.js';
import { renewAttendance } from '../../../server/workshops/attendance/renewAttendance.js';
import { attendance } from '../../../shared/contracts/attendance/attendance.js';
import { memberExport } from '../../../shared/contracts/members.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { dataOf, endTicket, publish, ticketHolder, workshopForm } from './aWorkshop.js';

/** Far ahead: a store removes sessions that have expired by its own clock. */
const start = new Date('2096-11-20T18:00:00.000Z').getTime();
const dayMs = 86_400_000;

describe('attendance', () => {
  let house: House;
  let clock = start;
  beforeAll(async () => {
    house = await openHouse({ now: () => new Date(clock) });
  });
  afterAll(() => house.close());
  beforeEach(() => {
    clock = start;
  });

  const after = (seconds: number): string => new Date(start + seconds * 1000).toISOString();
  /** Time passes, and the node proves now and then that it is alive, as its timer does. */
  const pass = async (seconds: number): Promise<void> => {
    for (let left = seconds; left > 0; left -= 15) {
      clock += Math.min(left, 15) * 1000;
      await renewAttendance(house.app.deps);
    }
  };
  const sheetOf = async (asker: Guest, workshopId: string) => dataOf(await asker.ask(attendance.sheet, { workshopId }));
  /** A workshop that is live, with its host inside since then. */
  const goneLive = async () => {
    const published = await publish(house);
    const input = { workshopId: published.workshop.id };
    dataOf(await published.host.call(workshops.enter, input));
    dataOf(await published.host.call(workshops.goLive, input));
    return { ...published, input };
  };

  it('counts the time live, over all devices, and is written down when the workshop ends, later than announced', async () => {
    const { workshop, host, organizer } = await publish(house, { minutes: 5 });
    const input = { workshopId: workshop.id };
    const holder = await ticketHolder(house, workshop.id);
    const phone = await house.guest({ as: holder });
    await holder.call(workshops.enter, input);
    await pass(60);
    // Until here it was the lobby.
    expect((await sheetOf(organizer, workshop.id)).rows).toEqual([]);
    await host.call(workshops.enter, input);
    await host.call(workshops.goLive, input);
    await pass(120);
    await phone.call(workshops.enter, input);
    await holder.call(workshops.leave, input);
    await pass(120);
    expect(await sheetOf(host, workshop.id)).toMatchObject({
      isFinal: false, liveSeconds: 240, certificatePercent: 80,
      rows: [{ person: { id: holder.id }, intervals: [{ joinedAt: after(60), leftAt: null }], seconds: 240, percent: 100 }, { person: { id: host.id }, seconds: 240 }],
    });
    await phone.call(workshops.leave, input);
    await pass(210);
    dataOf(await host.call(workshops.end, input));
    const frozen = await sheetOf(organizer, workshop.id);
    expect(frozen).toMatchObject({
      isFinal: true, liveSeconds: 450,
      rows: [{ intervals: [{ joinedAt: after(60), leftAt: after(300) }], seconds: 240, percent: 53 }, { intervals: [{ joinedAt: after(60), leftAt: after(510) }], seconds: 450, percent: 100 }],
    });
    // Whoever stays, or comes, after the end is not counted, and ending it again changes nothing.
    await pass(60);
    await phone.call(workshops.enter, input);
    dataOf(await host.call(workshops.end, input));
    await freezeAttendance(house.app.deps);
    expect(await sheetOf(organizer, workshop.id)).toEqual(frozen);
  });

  it('ends with a lost connection, and goes on if the member is soon back', async () => {
    const { workshop, organizer, input } = await goneLive();
    const holder = await ticketHolder(house, workshop.id);
    await holder.call(workshops.enter, input);
    await pass(30);
    holder.close();
    await expect.poll(() => Attendance.countDocuments({ memberId: holder.id, leftAt: null })).toBe(0);
    await pass(20);
    const back = await house.guest({ as: holder });
    await back.call(workshops.enter, input);
    await pass(30);
    await back.call(workshops.leave, input);
    const { rows } = await sheetOf(organizer, workshop.id);
    expect(rows.find(({ person }) => person.id === holder.id)).toMatchObject({ intervals: [{ joinedAt: after(0), leftAt: after(80) }], seconds: 80 });
  });

  it('waits at the end for nodes that have not said who was alive, and then takes the last sign of life', async () => {
    const { workshop, host, organizer, input } = await goneLive();
    const [onCrashed, onSlow] = [await ticketHolder(house, workshop.id), await ticketHolder(house, workshop.id)];
    await onCrashed.call(workshops.enter, input);
    await onSlow.call(workshops.enter, input);
    await pass(90);
    // Their nodes are not this one; neither has renewed anything in the last ten seconds before the end.
    await Attendance.updateMany({ memberId: onCrashed.id }, { $set: { nodeId: 'crashed' } });
    await Attendance.updateMany({ memberId: onSlow.id }, { $set: { nodeId: 'slow' } });
    await pass(10);
    dataOf(await host.call(workshops.end, input));
    expect((await sheetOf(organizer, workshop.id)).isFinal).toBe(false);
    await pass(14);
    await Attendance.renew('slow', house.app.deps.now());
    await freezeAttendance(house.app.deps);
    expect((await sheetOf(organizer, workshop.id)).isFinal).toBe(false);
    await pass(30);
    await freezeAttendance(house.app.deps);
    const { isFinal, rows } = await sheetOf(organizer, workshop.id);
    expect(isFinal).toBe(true);
    expect(new Map(rows.map(({ person, seconds, percent }) => [person.id, { seconds, percent }]))).toEqual(
      new Map([[host.id, { seconds: 100, percent: 100 }], [onCrashed.id, { seconds: 90, percent: 90 }], [onSlow.id, { seconds: 100, percent: 100 }]]),
    );
  });

  it('comes to its end where nobody ends the workshop: at the last sign of life of those who could have', async () => {
    const { workshop, host } = await publish(house, { minutes: 5 });
    const input = { workshopId: workshop.id };
    const holder = await ticketHolder(house, workshop.id);
    for (const guest of [host, holder]) dataOf(await guest.call(workshops.enter, input));
    dataOf(await host.call(workshops.goLive, input));
    await pass(400);
    host.close();
    await expect.poll(() => Attendance.countDocuments({ memberId: host.id, leftAt: null })).toBe(0);
    await pass(14 * 60);
    await endAbandoned(house.app.deps);
    const asker = await house.guest({ role: 'organizer' });
    // A host who is away for less than that may yet be back.
    expect(await sheetOf(asker, workshop.id)).toMatchObject({ isFinal: false, liveSeconds: 400 + 14 * 60 });
    await pass(90);
    await Promise.all([endAbandoned(house.app.deps), endAbandoned(house.app.deps)]);
    expect(await holder.next(workshops.changed, ({ id, state }) => id === workshop.id && state === 'ended')).toBeTruthy();
    const sheet = await sheetOf(asker, workshop.id);
    expect(sheet).toMatchObject({ isFinal: true, liveSeconds: 400 });
    expect(new Map(sheet.rows.map(({ person, percent }) => [person.id, percent]))).toEqual(new Map([[host.id, 100], [holder.id, 100]]));
  });

  /** A workshop of five minutes with its host and a holder inside, live; minutes pass in it without anybody's doing, and what of it was told to its host. */
  const forgotten = async () => {
    const { workshop, host } = await publish(house, { minutes: 5 });
    const input = { workshopId: workshop.id };
    const holder = await ticketHolder(house, workshop.id);
    expect(await host.call(workshops.keepOpen, input)).toEqual({ ok: false, failure: { code: 'workshop.wrong_state', data: { state: 'scheduled' } } });
    for (const guest of [host, holder]) dataOf(await guest.call(workshops.enter, input));
    dataOf(await host.call(workshops.goLive, input));
    const told = async () => (await host.heard(workshops.changed)).filter(({ id, state }) => id === workshop.id && state !== 'scheduled').map(({ state, endsItselfAt }) => endsItselfAt ?? state);
    const passIdly = async (minutes: number) => {
      clock += minutes * 60_000;
      await renewAttendance(house.app.deps);
      await Promise.all([endForgotten(house.app.deps), endForgotten(house.app.deps)]);
    };
    return { workshop, host, holder, input, told, passIdly };
  };

  it('comes to its end where a host forgot it in an open tab: an hour after all others left, who were told in time and could keep it open', async () => {
    const { workshop, host, holder, input, told, passIdly } = await forgotten();
    // It lasts as long as somebody watches, and is not ended early where nobody does.
    await passIdly(90);
    await holder.call(workshops.leave, input);
    await passIdly(14);
    expect(await told()).toEqual(['live']);
    await passIdly(1);
    expect(await told()).toEqual(['live', after(150 * 60)]);
    // Who comes back, or a host's word, has it go on.
    await holder.call(workshops.enter, input);
    await passIdly(5);
    await holder.call(workshops.leave, input);
    await passIdly(20);
    expect(dataOf(await host.call(workshops.keepOpen, input))).toMatchObject({ state: 'live', endsItselfAt: null });
    await passIdly(59);
    expect(await told()).toEqual(['live', after(150 * 60), 'live', after(170 * 60), 'live', after(190 * 60)]);
    await passIdly(1);
    expect((await told()).at(-1)).toBe('ended');
    expect(await sheetOf(await house.guest({ role: 'organizer' }), workshop.id)).toMatchObject({ isFinal: true, liveSeconds: 130 * 60 });
  });

  it('comes to its end where members forgot it in open tabs as well: three hours after a host last said that it goes on, as of then', async () => {
    const { workshop, host, holder, input, told, passIdly } = await forgotten();
    await passIdly(139);
    expect(await told()).toEqual(['live']);
    await passIdly(1);
    expect(await told()).toEqual(['live', after(185 * 60)]);
    expect(await holder.call(workshops.keepOpen, input)).toEqual({ ok: false, failure: { code: 'workshop.not_found', data: {} } });
    dataOf(await host.call(workshops.keepOpen, input));
    await passIdly(179);
    expect(await told()).toEqual(['live', after(185 * 60), 'live', after(320 * 60)]);
    await passIdly(1);
    expect((await told()).at(-1)).toBe('ended');
    expect(await sheetOf(await house.guest({ role: 'organizer' }), workshop.id)).toMatchObject({ isFinal: true, liveSeconds: 140 * 60, rows: [{ percent: 100 }, { percent: 100 }] });
  });

  it('is written down by whoever comes next, when a node died half way', async () => {
    const { workshop, host, organizer, input } = await goneLive();
    const holder = await ticketHolder(house, workshop.id);
    await holder.call(workshops.enter, input);
    await pass(60);
    dataOf(await host.call(workshops.end, input));
    const whole = await sheetOf(organizer, workshop.id);
    expect(whole.rows).toHaveLength(2);
    // As a crash between the records leaves it.
    await Workshop.updateOne({ _id: workshop.id }, { $set: { attendanceFrozenAt: null } });
    await AttendanceRecord.deleteOne({ workshopId: workshop.id, memberId: holder.id });
    await Promise.all([freezeAttendance(house.app.deps), freezeAttendance(house.app.deps)]);
    expect(await sheetOf(organizer, workshop.id)).toEqual(whole);
    expect(await AttendanceRecord.countDocuments({ workshopId: workshop.id })).toBe(2);
  });

  it('is its hosts\' and the organizer\'s to read, and each member\'s own', async () => {
    const { workshop, host, organizer, input } = await goneLive();
    const [holder, refunded, stranger, otherHost] = [await ticketHolder(house, workshop.id), await ticketHolder(house, workshop.id), await house.guest(), await house.guest({ role: 'host' })];
    await holder.call(workshops.enter, input);
    await refunded.call(workshops.enter, input);
    await pass(60);
    await endTicket(house, refunded, workshop.id);
    for (const guest of [holder, refunded, stranger, otherHost, await house.guest({ role: 'moderator' })]) {
      expect(await guest.ask(attendance.sheet, input)).toEqual({ ok: false, failure: { code: 'workshop.not_found', data: {} } });
      expect(await guest.ask(attendance.ofMember, { memberId: holder.id })).toEqual({ ok: false, failure: { code: 'role.required', data: {} } });
    }
    expect(await host.ask(attendance.ofMember, { memberId: holder.id })).toEqual({ ok: false, failure: { code: 'role.required', data: {} } });
    for (const guest of [host, organizer]) expect((await sheetOf(guest, workshop.id)).rows).toHaveLength(3);
    expect(await organizer.ask(attendance.sheet, { workshopId: '0'.repeat(24) })).toEqual({ ok: false, failure: { code: 'workshop.not_found', data: {} } });
    expect(await organizer.ask(attendance.ofMember, { memberId: '0'.repeat(24) })).toEqual({ ok: false, failure: { code: 'member.not_found', data: {} } });
    const mine = [{ workshopId: workshop.id, title: workshop.title, seconds: 60, percent: 100, isFinal: false, certificate: null }];
    for (const guest of [holder, refunded]) expect(dataOf(await guest.ask(attendance.mine, {})).workshops).toMatchObject(mine);
    expect(dataOf(await organizer.ask(attendance.ofMember, { memberId: holder.id })).workshops).toMatchObject(mine);
    expect(dataOf(await stranger.ask(attendance.mine, {})).workshops).toEqual([]);
  });

  it('asks for what the organizer says, until it goes live', async () => {
    const { organizer, host, workshop } = await publish(house, { certificatePercent: undefined });
    expect(workshop.certificatePercent).toBe(80);
    const input = { workshopId: workshop.id, certificatePercent: 50 };
    expect(await host.ask(attendance.setRule, input)).toEqual({ ok: false, failure: { code: 'role.required', data: {} } });
    expect(dataOf(await organizer.ask(attendance.setRule, { ...input, certificatePercent: null })).certificatePercent).toBeNull();
    expect(dataOf(await organizer.ask(attendance.setRule, input)).certificatePercent).toBe(50);
    expect(await host.next(workshops.changed, (facts) => facts.id === workshop.id && facts.certificatePercent === 50)).toBeTruthy();
    dataOf(await host.call(workshops.goLive, { workshopId: workshop.id }));
    expect(await organizer.ask(attendance.setRule, { ...input, certificatePercent: 90 })).toEqual({ ok: false, failure: { code: 'workshop.wrong_state', data: { state: 'live' } } });
    expect(dataOf(await organizer.ask(workshops.publish, workshopForm([host.id], { certificatePercent: null }))).certificatePercent).toBeNull();
  });

  it('forgets when exactly members came and went, and keeps what it came to', async () => {
    const [old, recent] = [await goneLive(), await goneLive()];
    await pass(60);
    dataOf(await old.host.call(workshops.end, old.input));
    clock += 80 * dayMs;
    await pass(15);
    dataOf(await recent.host.call(workshops.end, recent.input));
    clock += 11 * dayMs;
    await forgetStays(house.app.deps);
    const asker = await house.guest({ role: 'organizer' });
    expect(await sheetOf(asker, old.workshop.id)).toMatchObject({ isFinal: true, keptDays: 90, rows: [{ intervals: [], seconds: 60, percent: 100 }] });
    expect(await Attendance.countDocuments(old.input)).toBe(0);
    // Nor has the member's own export any more of it, while it has all of what is younger.
    const exported = async ({ host }: typeof old) => dataOf(await (await house.guest({ as: host })).ask(memberExport.show, {})).chapters['attendance'];
    expect(await exported(old)).toMatchObject({ workshops: [{ seconds: 60, intervals: [] }], stays: [] });
    expect(await exported(recent)).toMatchObject({ workshops: [{ percent: 100 }], stays: [{ leaveReason: 'ended' }] });
    expect((await sheetOf(asker, recent.workshop.id)).rows[0]?.intervals).toHaveLength(1);
    expect(await Attendance.countDocuments(recent.input)).toBe(1);
  });
});
