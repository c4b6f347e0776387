import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Attendance } from '../../../server/models/attendance.js';
import { renewAttendance } from '../../../server/workshops/attendance/renewAttendance.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import { openHouse, type House } from '../../support/house.js';
import { dataOf, patience, publish, ticketHolder } from './aWorkshop.js';

/** Far ahead: a store removes sessions that have expired by its own clock. */
const start = new Date('2096-11-20T18:00:00.000Z').getTime();

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

  it('counts from entering to leaving, over all devices, and ends with the workshop', async () => {
    const { workshop, host, organizer } = await publish(house);
    const input = { workshopId: workshop.id };
    const holder = await ticketHolder(house, workshop.id);
    const phone = await house.guest({ as: holder });
    await host.call(workshops.enter, input);
    await host.call(workshops.goLive, input);
    await pass(60);
    await holder.call(workshops.enter, input);
    await pass(60);
    await phone.call(workshops.enter, input);
    await holder.call(workshops.leave, input);
    await pass(60);
    expect(dataOf(await organizer.ask(workshops.attendance, input))).toMatchObject([
      { person: { id: host.id }, intervals: [{ joinedAt: after(0), leftAt: null }], seconds: 180 },
      { person: { id: holder.id }, intervals: [{ joinedAt: after(60), leftAt: null }], seconds: 120 },
    ]);
    await host.call(workshops.end, input);
    await pass(60);
    // Whoever stays, or comes, after the end is not counted.
    await holder.call(workshops.enter, input);
    expect(dataOf(await organizer.ask(workshops.attendance, input))).toMatchObject([
      { intervals: [{ joinedAt: after(0), leftAt: after(180) }], seconds: 180 },
      { intervals: [{ joinedAt: after(60), leftAt: after(180) }], seconds: 120 },
    ]);
  });

  it('ends with a lost connection, and goes on if the member is soon back', async () => {
    const { workshop, organizer } = await publish(house);
    const input = { workshopId: workshop.id };
    const holder = await ticketHolder(house, workshop.id);
    await holder.call(workshops.enter, input);
    await pass(30);
    holder.close();
    await expect.poll(() => Attendance.countDocuments({ workshopId: workshop.id, leftAt: null }), patience).toBe(0);
    await pass(20);
    const back = await house.guest({ as: holder });
    await back.call(workshops.enter, input);
    await pass(30);
    await back.call(workshops.leave, input);
    expect(dataOf(await organizer.ask(workshops.attendance, input))).toMatchObject([{ intervals: [{ joinedAt: after(0), leftAt: after(80) }], seconds: 80 }]);
  });

  it('ends at the last proof of life when a node crashes', async () => {
    const { workshop, organizer } = await publish(house);
    const input = { workshopId: workshop.id };
    const [holder, other] = [await ticketHolder(house, workshop.id), await ticketHolder(house, workshop.id)];
    await holder.call(workshops.enter, input);
    await other.call(workshops.enter, input);
    await pass(30);
    // A crashed node closes nothing and renews nothing: its stays are as those of a node that is not this one.
    await Attendance.updateMany({ memberId: holder.id }, { $set: { nodeId: 'a node that crashed' } });
    await pass(120);
    expect(dataOf(await organizer.ask(workshops.attendance, input))).toMatchObject([
      { person: { id: holder.id }, intervals: [{ joinedAt: after(0), leftAt: after(30) }], seconds: 30 },
      { person: { id: other.id }, intervals: [{ joinedAt: after(0), leftAt: null }], seconds: 150 },
    ]);
  });

  it('is the organizer\'s to read', async () => {
    const { workshop, host, organizer } = await publish(house);
    const [holder] = [await ticketHolder(house, workshop.id)];
    const input = { workshopId: workshop.id };
    await holder.call(workshops.enter, input);
    expect(await holder.ask(workshops.attendance, input)).toEqual({ ok: false, failure: { code: 'role.required', data: {} } });
    expect(await host.ask(workshops.attendance, input)).toEqual({ ok: false, failure: { code: 'role.required', data: {} } });
    expect(await organizer.ask(workshops.attendance, { workshopId: '0'.repeat(24) })).toEqual({ ok: false, failure: { code: 'workshop.not_found', data: {} } });
    expect(dataOf(await organizer.ask(workshops.attendance, input))).toHaveLength(1);
  });
});
