/** The audience of a workshop over two nodes on a real Redis: counted as members, and what it shows gathered. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audience } from '../../../shared/contracts/live/audience.js';
import { moderation } from '../../../shared/contracts/moderation.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { startRedis } from '../../support/processes.js';
import { dataOf, endTicket, publish, ticketHolder, type Published } from '../workshops/aWorkshop.js';

let redis: Awaited<ReturnType<typeof startRedis>>;
let here: House;
let beside: House;
let published: Published;
let workshopId: string;
/** One on each node. */
let viewer: Guest;
let far: Guest;

beforeAll(async () => {
  redis = await startRedis();
  here = await openHouse({ redisUrl: redis.url });
  beside = await openHouse({ beside: here, redisUrl: redis.url });
  published = await publish(here);
  workshopId = published.workshop.id;
  [viewer, far] = [await ticketHolder(here, workshopId), await ticketHolder(beside, workshopId)];
  for (const guest of [published.host, viewer, far]) dataOf(await guest.call(workshops.enter, { workshopId }));
});
afterAll(async () => {
  await beside.close();
  await here.close();
  await redis.stop();
});

const refusedAs = (code: string) => ({ ok: false, failure: expect.objectContaining({ code }) as unknown });
const shown = async (guest: Guest): Promise<number> => dataOf(await guest.call(audience.show, { workshopId })).count;
/** All that was told of one sign so far, to whoever hears. */
const times = (told: { counts: { reaction: string; count: number }[] }[], reaction: string): number =>
  told.flatMap(({ counts }) => counts).reduce((sum, one) => sum + (one.reaction === reaction ? one.count : 0), 0);

describe('the count', () => {
  it('is of members on all nodes, each once however many tabs they have open', async () => {
    for (const guest of [viewer, far]) expect(await shown(guest)).toBe(3);
    const tab = await beside.guest({ as: viewer });
    dataOf(await tab.call(workshops.enter, { workshopId }));
    expect(await shown(far)).toBe(3);
    tab.close();
  });

  it('is told to those inside when somebody comes, leaves, or loses the right, on whichever node', async () => {
    const another = await ticketHolder(beside, workshopId);
    dataOf(await another.call(workshops.enter, { workshopId }));
    await viewer.next(audience.counted, ({ count }) => count === 4);
    await endTicket(here, another, workshopId);
    await expect.poll(async () => (await viewer.heard(audience.counted)).at(-1)?.count).toBe(3);
    expect(await shown(viewer)).toBe(3);
    expect(await another.call(audience.show, { workshopId })).toEqual(refusedAs('workshop.not_found'));
  });
});

describe('what is shown', () => {
  it('waits until it is live', async () => {
    expect(await viewer.call(audience.react, { workshopId, reaction: '👏' })).toEqual(refusedAs('workshop.wrong_state'));
    dataOf(await published.host.call(workshops.goLive, { workshopId }));
    expect(await viewer.call(audience.react, { workshopId, reaction: '👏' })).toEqual({ ok: true, data: {} });
  });

  it('is gathered and told to those inside on all nodes, and to nobody else', async () => {
    const outside = await ticketHolder(here, workshopId);
    for (let clap = 0; clap < 5; clap += 1) dataOf(await viewer.call(audience.react, { workshopId, reaction: '🎉' }));
    dataOf(await far.call(audience.react, { workshopId, reaction: '🎉' }));
    for (const guest of [viewer, far]) {
      await expect.poll(async () => times(await guest.heard(audience.reacted), '🎉')).toBe(6);
      // Six signs, and at most a telling for each node and half second that they took.
      expect((await guest.heard(audience.reacted)).length).toBeLessThan(6);
    }
    expect(await outside.heard(audience.reacted)).toEqual([]);
  });

  it('is refused to whoever has no seat, is timed out, or shows far too much', async () => {
    expect(await (await here.guest()).call(audience.react, { workshopId, reaction: '👏' })).toEqual(refusedAs('workshop.not_found'));
    const { roomId } = published.workshop;
    dataOf(await published.host.call(moderation.restrict, { roomId, clientRestrictionId: randomUUID(), kind: 'timeout', memberId: far.id, minutes: 5, reason: 'Noise' }));
    expect(await far.call(audience.react, { workshopId, reaction: '👏' })).toEqual(refusedAs('member.timed_out'));
    const many = await Promise.all(Array.from({ length: 20 }, () => published.host.call(audience.react, { workshopId, reaction: '👏' })));
    expect(many.filter(({ ok }) => ok)).toHaveLength(12);
    expect(many.find(({ ok }) => !ok)).toEqual(refusedAs('limits.too_many'));
  });
});
