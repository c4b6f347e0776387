import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { StepList } from '../../../server/models/steps/stepList.js';
import { StepMark } from '../../../server/models/steps/stepMark.js';
import { steps, type MarkStep, type MyMark, type Step } from '../../../shared/contracts/live/steps.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { stepsOf } from '../polls/aPoll.js';
import { dataOf, endTicket, publish, ticketHolder } from '../workshops/aWorkshop.js';

const refusal = (code: string, data = {}) => ({ ok: false, failure: { code, data } });

describe('steps', () => {
  let house: House;
  let now = Date.now();
  let workshopId: string;
  let host: Guest;
  let organizer: Guest;
  let ada: Guest;
  let bob: Guest;
  let clone: Step;
  let build: Step;
  beforeAll(async () => {
    house = await openHouse({ now: () => new Date(now) });
    const published = await publish(house);
    ({ host, organizer } = published);
    workshopId = published.workshop.id;
    [ada, bob] = [await ticketHolder(house, workshopId), await ticketHolder(house, workshopId)];
    for (const guest of [host, organizer, ada, bob]) dataOf(await guest.call(workshops.enter, { workshopId }));
  });
  afterAll(() => house.close());
  beforeEach(async () => {
    await StepList.deleteMany({});
    await StepMark.deleteMany({});
    const [first, second] = dataOf(await host.call(steps.save, { workshopId, version: 0, steps: stepsOf('Clone', 'Build') })).steps;
    if (!first || !second) throw new Error('two steps were saved');
    [clone, build] = [first, second];
  });

  const press = (step: Step, state: MarkStep['state'], note = ''): MarkStep => ({ workshopId, stepId: step.id, clientMarkId: randomUUID(), state, note });
  const mark = async (guest: Guest, ...pressed: Parameters<typeof press>): Promise<MyMark> => dataOf(await guest.call(steps.mark, press(...pressed)));
  const view = async (guest: Guest) => dataOf(await guest.call(steps.list, { workshopId }));
  const help = (guest: Guest, step: Step, member: Guest) => guest.call(steps.markHelped, { workshopId, stepId: step.id, memberId: member.id });

  it('are counted for the hosts, and those who are stuck wait in the order of time', async () => {
    await mark(ada, clone, 'done');
    await mark(ada, build, 'stuck', 'It says no');
    now += 60_000;
    await mark(bob, clone, 'stuck', ' Which one? ');
    now += 60_000;
    // Who says more keeps their place.
    await mark(ada, build, 'stuck', 'It says no again');
    const { board } = await view(organizer);
    expect(board?.counts).toEqual([{ stepId: clone.id, done: 1, stuck: 1 }, { stepId: build.id, done: 0, stuck: 1 }]);
    expect(board?.queue.map(({ person, note }) => [person.id, note])).toEqual([[ada.id, 'It says no again'], [bob.id, 'Which one?']]);
    await house.app.deps.soon.drain();
    expect((await host.heard(steps.counted)).at(-1)).toEqual(board);
    // Others see their own marks, and nobody else's.
    expect(await view(bob)).toMatchObject({ board: null, mine: [{ stepId: clone.id, state: 'stuck', note: 'Which one?' }] });
    for (const guest of [ada, bob]) expect(await guest.heard(steps.counted)).toEqual([]);
  });

  it('take one who was helped out of the queue, tell them, and refuse to help one who has gone on', async () => {
    await mark(ada, clone, 'stuck', 'Where?');
    expect(dataOf(await help(host, clone, ada))).toMatchObject({ queue: [], counts: [{ done: 0, stuck: 0 }, {}] });
    expect((await ada.heard(steps.marked)).at(-1)?.mark).toEqual({ stepId: clone.id, state: 'helped', note: '', version: 2 });
    expect(await bob.heard(steps.marked)).not.toContainEqual(expect.objectContaining({ mark: expect.objectContaining({ state: 'helped' }) as unknown }));
    dataOf(await help(organizer, clone, ada));
    expect((await view(ada)).mine).toMatchObject([{ version: 2 }]);
    await mark(ada, clone, 'done');
    expect(await help(host, clone, ada)).toEqual(refusal('step.wrong_state', { state: 'done' }));
    expect(await help(host, clone, bob)).toEqual(refusal('step.not_found'));
  });

  it('take a press once: one that is sent again after a newer one changes nothing', async () => {
    const done = press(clone, 'done');
    dataOf(await ada.call(steps.mark, done));
    await mark(ada, clone, 'open');
    expect(dataOf(await ada.call(steps.mark, done))).toMatchObject({ state: 'open', version: 2 });
    const at = press(build, 'done');
    const replies = await Promise.all(Array.from({ length: 6 }, () => bob.call(steps.mark, at)));
    expect(replies.map((reply) => dataOf(reply).version)).toEqual(Array.from({ length: 6 }, () => 1));
    // Of several first presses at the same moment all are taken, one after the other.
    const [, ...more] = await Promise.all([0, 1, 2].map(() => bob.call(steps.mark, press(clone, 'done'))));
    expect(more.every((reply) => reply.ok)).toBe(true);
    expect((await view(bob)).mine).toMatchObject([{ stepId: clone.id, version: 3 }, { stepId: build.id, version: 1 }]);
  });

  it('are changed by one host at a time, and keep the marks of what is still on the list', async () => {
    await mark(ada, build, 'done');
    await mark(ada, clone, 'done');
    const [ran] = stepsOf('Run');
    if (!ran) throw new Error('a step was made');
    const wanted = { workshopId, version: 1, steps: [{ ...build, text: 'Build it' }, ran] };
    const saved = await host.call(steps.save, wanted);
    expect(dataOf(saved)).toMatchObject({ version: 2, steps: [{ id: build.id, text: 'Build it' }, { text: 'Run' }] });
    expect(await host.call(steps.save, wanted)).toEqual(saved);
    for (const version of [0, 1, 3]) expect(await organizer.call(steps.save, { workshopId, version, steps: [] })).toEqual(refusal('steps.changed_since'));
    expect((await ada.heard(steps.changed)).at(-1)).toEqual(dataOf(saved));
    expect(await view(ada)).toMatchObject({ list: { version: 2 }, mine: [{ stepId: build.id, state: 'done' }] });
    expect((await view(host)).board?.counts).toEqual([{ stepId: build.id, done: 1, stuck: 0 }, { stepId: ran.id, done: 0, stuck: 0 }]);
    expect(await ada.call(steps.mark, press(clone, 'done'))).toEqual(refusal('step.not_found'));
  });

  it('are told by another node where the one that took a mark was killed before it told', async () => {
    await mark(ada, clone, 'done');
    await house.app.deps.soon.drain();
    const { moves } = (await view(host)).board ?? { moves: 0 };
    await StepMark.press({ workshopId, stepId: build.id, memberId: bob.id }, { clientMarkId: randomUUID(), state: 'stuck', note: 'Help' }, new Date(now));
    await house.app.deps.stepNews.repair();
    expect(await host.next(steps.counted, (board) => board.moves > moves && board.queue.some(({ person }) => person.id === bob.id))).toMatchObject({ workshopId });
  });

  it('are closed to those who may not enter, and say nothing more to one whose right has ended', async () => {
    const [stranger, eve] = [await house.guest(), await ticketHolder(house, workshopId)];
    dataOf(await eve.call(workshops.enter, { workshopId }));
    await mark(eve, clone, 'stuck', 'Where?');
    await endTicket(house, eve, workshopId);
    const before = (await eve.heard(steps.marked)).length;
    dataOf(await help(host, clone, eve));
    dataOf(await host.call(steps.save, { workshopId, version: 1, steps: [clone] }));
    expect([await eve.heard(steps.marked), await eve.heard(steps.changed)].map(({ length }) => length)).toEqual([before, 0]);
    expect(await bob.heard(steps.changed)).not.toEqual([]);
    for (const guest of [stranger, eve]) {
      expect(await guest.call(steps.list, { workshopId })).toEqual(refusal('workshop.not_found'));
      expect(await guest.call(steps.mark, press(clone, 'done'))).toEqual(refusal('workshop.not_found'));
    }
    for (const guest of [stranger, ada]) {
      expect(await help(guest, clone, ada)).toEqual(refusal('workshop.not_found'));
      expect(await guest.call(steps.save, { workshopId, version: 2, steps: [] })).toEqual(refusal('workshop.not_found'));
    }
  });
});
