import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { members } from '../../../shared/contracts/members.js';
import { rights } from '../../../shared/contracts/rights.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import { openHouse, type House } from '../../support/house.js';
import { publish, ticketHolder } from './aWorkshop.js';

describe('going live and ending', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());

  it('is told to everybody, once for each step', async () => {
    const { workshop, host, organizer } = await publish(house);
    const member = await house.guest();
    const input = { workshopId: workshop.id };

    expect(await host.call(workshops.goLive, input)).toMatchObject({ ok: true, data: { state: 'live', endedAt: null } });
    // The other host, or a retry, finds it done.
    expect(await organizer.call(workshops.goLive, input)).toMatchObject({ ok: true, data: { state: 'live' } });
    expect(await organizer.call(workshops.end, input)).toMatchObject({ ok: true, data: { state: 'ended' } });
    expect(await host.call(workshops.end, input)).toMatchObject({ ok: true, data: { state: 'ended' } });

    const told = (await member.heard(workshops.changed)).filter((facts) => facts.id === workshop.id);
    expect(told.map((facts) => facts.state)).toEqual(['live', 'ended']);
    expect(told[1]).toMatchObject({ liveAt: told[0]?.liveAt, endedAt: expect.any(String) as string });
  });

  it('is no more theirs who are hosts no more, though they were named', async () => {
    const { workshop, host, organizer } = await publish(house);
    const input = { workshopId: workshop.id };
    expect(await host.call(workshops.enter, input)).toMatchObject({ ok: true, data: { you: { canHost: true } } });
    expect(await organizer.ask(members.setRole, { memberId: host.id, role: 'member' })).toMatchObject({ ok: true });
    expect(await host.next(rights.leftWorkshop)).toEqual({ workshopId: workshop.id, reason: 'role_changed' });
    for (const call of [workshops.enter, workshops.goLive]) expect(await host.call(call, input)).toEqual({ ok: false, failure: { code: 'workshop.not_found', data: {} } });
    expect(await organizer.call(workshops.goLive, input)).toMatchObject({ ok: true });
  });

  it('refuses a step from the wrong state', async () => {
    const { workshop, host } = await publish(house);
    const input = { workshopId: workshop.id };
    const wrongState = (state: string): object => ({ ok: false, failure: { code: 'workshop.wrong_state', data: { state } } });
    expect(await host.call(workshops.end, input)).toEqual(wrongState('scheduled'));
    expect(await host.call(workshops.goLive, input)).toMatchObject({ ok: true });
    expect(await host.call(workshops.end, input)).toMatchObject({ ok: true });
    expect(await host.call(workshops.goLive, input)).toEqual(wrongState('ended'));
    expect(await host.ask(workshops.show, input)).toMatchObject({ data: { state: 'ended' } });
  });

  it('is for its hosts: to everybody else there is no such workshop', async () => {
    const { workshop, host } = await publish(house);
    const others = [await ticketHolder(house, workshop.id), await house.guest(), await house.guest({ role: 'moderator' }), await house.guest({ role: 'host' })];
    for (const guest of others) {
      for (const step of [workshops.goLive, workshops.end]) {
        expect(await guest.call(step, { workshopId: workshop.id })).toEqual(await guest.call(step, { workshopId: '0'.repeat(24) }));
      }
    }
    expect(await host.ask(workshops.show, { workshopId: workshop.id })).toMatchObject({ data: { state: 'scheduled' } });
    expect(await host.call(workshops.goLive, { workshopId: workshop.id })).toMatchObject({ ok: true });
  });

  it('happens once when two hosts press at the same time', async () => {
    const { workshop, host, organizer } = await publish(house);
    const member = await house.guest();
    await Promise.all([host, organizer, host, organizer].map((guest) => guest.call(workshops.goLive, { workshopId: workshop.id })));
    expect((await member.heard(workshops.changed)).filter((facts) => facts.id === workshop.id)).toHaveLength(1);
  });
});
