/**
 * Every verb of polls and steps that writes is told whole: what a client held before, and what it was pushed, come to the very
 * same as what it would fetch afresh. A verb that forgets a push fails here, and so does a call that nobody entered in the table.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { byAge, count, emptyBook, hear, relist, remove, vote } from '../../../client/polls/pollBook.js';
import { hearBoard, hearList, hearMark } from '../../../client/steps/stepBook.js';
import { polls, type PollView } from '../../../shared/contracts/live/polls.js';
import { steps, type StepsView } from '../../../shared/contracts/live/steps.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import type { Call, Push } from '../../../shared/define.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { allCalls } from '../access/allContracts.js';
import { dataOf, publish, ticketHolder } from '../workshops/aWorkshop.js';
import { choose, draftOf, stepsOf } from './aPoll.js';

/** A workshop with two drafts, an open poll and a closed one, steps that are marked, and people who watch. */
interface Scene {
  workshopId: string;
  host: Guest;
  member: Guest;
  /** Another connection of the member's, another host, and another member. */
  watchers: Guest[];
  draft: string;
  spare: string;
  open: string;
  closed: string;
  steps: StepsView['list'];
}

interface Action {
  call: Call;
  does: string;
  act(scene: Scene): Promise<unknown>;
  /** What must be told: without any one of them somebody holds what is not so. */
  tells: Push[];
}

const at = ({ workshopId }: Scene, pollId: string) => ({ workshopId, pollId });
const castOf = (scene: Scene, options: number[]) => ({ ...at(scene, scene.open), ...choose(options) });
const press = ({ workshopId, steps: { steps: [, second] } }: Scene) => ({ workshopId, stepId: second?.id ?? '', clientMarkId: randomUUID() });

const actions: Action[] = [
  { call: polls.create, does: 'a poll is drafted', tells: [polls.changed], act: ({ host, workshopId }) => host.call(polls.create, { workshopId, clientPollId: randomUUID(), draft: draftOf() }) },
  { call: polls.edit, does: 'a draft is written anew', tells: [polls.changed], act: (scene) => scene.host.call(polls.edit, { ...at(scene, scene.draft), draft: draftOf({ question: 'Otherwise?' }) }) },
  { call: polls.remove, does: 'a draft is thrown away', tells: [polls.removed], act: (scene) => scene.host.call(polls.remove, at(scene, scene.spare)) },
  { call: polls.launch, does: 'a poll is launched', tells: [polls.changed], act: (scene) => scene.host.call(polls.launch, at(scene, scene.draft)) },
  { call: polls.reopen, does: 'a poll is opened again', tells: [polls.changed], act: (scene) => scene.host.call(polls.reopen, at(scene, scene.closed)) },
  { call: polls.showResults, does: 'results are shown', tells: [polls.changed], act: (scene) => scene.host.call(polls.showResults, { ...at(scene, scene.closed), isShown: true }) },
  { call: polls.vote, does: 'a member changes their vote', tells: [polls.voted, polls.counted], act: (scene) => scene.member.call(polls.vote, castOf(scene, [1])) },
  { call: polls.vote, does: 'a member takes their vote back', tells: [polls.voted, polls.counted], act: (scene) => scene.member.call(polls.vote, castOf(scene, [])) },
  { call: polls.vote, does: 'another votes', tells: [polls.counted], act: async (scene) => scene.host.call(polls.vote, castOf(scene, [1])) },
  // From here on nobody votes in it any more.
  { call: polls.showResults, does: 'results are hidden', tells: [polls.changed], act: (scene) => scene.host.call(polls.showResults, { ...at(scene, scene.open), isShown: false }) },
  { call: polls.close, does: 'a quiz is closed', tells: [polls.changed], act: (scene) => scene.host.call(polls.close, at(scene, scene.open)) },
  { call: steps.mark, does: 'a member is done', tells: [steps.marked, steps.counted], act: (scene) => scene.member.call(steps.mark, { ...press(scene), state: 'done', note: '' }) },
  { call: steps.mark, does: 'a member is stuck', tells: [steps.marked, steps.counted], act: (scene) => scene.member.call(steps.mark, { ...press(scene), state: 'stuck', note: 'It says no' }) },
  {
    call: steps.markHelped,
    does: 'a member was helped',
    tells: [steps.marked, steps.counted],
    act: ({ host, member, workshopId, steps: { steps: [first] } }) => host.call(steps.markHelped, { workshopId, stepId: first?.id ?? '', memberId: member.id }),
  },
  // It takes out the step at which the member was stuck.
  {
    call: steps.save,
    does: 'the list is changed',
    tells: [steps.changed, steps.counted],
    act: ({ host, workshopId, steps: { version, steps: list } }) => host.call(steps.save, { workshopId, version, steps: [...list.slice(1), { id: randomUUID(), text: 'One more' }] }),
  },
];
const reads: Call[] = [polls.list, steps.list];

let house: House;
let scene: Scene;
beforeAll(async () => {
  house = await openHouse();
  scene = await setScene();
});
afterAll(() => house.close());

async function setScene(): Promise<Scene> {
  const { workshop, host, organizer } = await publish(house);
  const workshopId = workshop.id;
  const [member, other] = [await ticketHolder(house, workshopId), await ticketHolder(house, workshopId)];
  const own = await house.guest({ as: member });
  for (const guest of [host, organizer, member, own, other]) dataOf(await guest.call(workshops.enter, { workshopId }));
  const make = async (changes: Parameters<typeof draftOf>[0], ...walk: Call[]): Promise<string> => {
    const { id } = dataOf(await host.call(polls.create, { workshopId, clientPollId: randomUUID(), draft: draftOf(changes) }));
    for (const step of walk) dataOf(await host.call(step, { workshopId, pollId: id }));
    return id;
  };
  const [draft, spare, open, closed] = [await make({}), await make({}), await make({ right: [0], resultsShown: true }, polls.launch), await make({}, polls.launch, polls.close)];
  dataOf(await member.call(polls.vote, { workshopId, pollId: open, ...choose([0]) }));
  const list = dataOf(await host.call(steps.save, { workshopId, version: 0, steps: stepsOf('Clone', 'Build') }));
  dataOf(await member.call(steps.mark, { workshopId, stepId: list.steps[0]?.id ?? '', clientMarkId: randomUUID(), state: 'stuck', note: 'Where?' }));
  await house.app.deps.soon.drain();
  return { workshopId, host, member, watchers: [own, organizer, other], draft, spare, open, closed, steps: list };
}

/** What one watcher holds. */
interface Held {
  polls: PollView[];
  steps: StepsView;
}

const fetchHeld = async (guest: Guest): Promise<Held> => {
  const { workshopId } = scene;
  return { polls: dataOf(await guest.call(polls.list, { workshopId })), steps: dataOf(await guest.call(steps.list, { workshopId })) };
};

type Heard = (held: Held) => Held;

/** What a push makes of what is held, as the client does it. */
function hears(name: string, data: unknown): Heard {
  const inBook = (change: (book: typeof emptyBook) => typeof emptyBook): Heard => (held) => ({ ...held, polls: byAge(change(relist(emptyBook, held.polls))) });
  const inSteps = (change: (view: StepsView) => StepsView): Heard => (held) => ({ ...held, steps: change(held.steps) });
  const news = new Map<string, () => Heard>([
    [polls.changed.name, () => inBook((book) => hear(book, polls.changed.data.parse(data)))],
    [polls.removed.name, () => inBook((book) => remove(book, polls.removed.data.parse(data)))],
    [polls.counted.name, () => inBook((book) => count(book, polls.counted.data.parse(data)))],
    [polls.voted.name, () => inBook((book) => vote(book, polls.voted.data.parse(data)))],
    [steps.changed.name, () => inSteps((view) => hearList(view, steps.changed.data.parse(data)))],
    [steps.marked.name, () => inSteps((view) => hearMark(view, steps.marked.data.parse(data).mark))],
    [steps.counted.name, () => inSteps((view) => hearBoard(view, steps.counted.data.parse(data)))],
  ]);
  return news.get(name)?.() ?? ((held) => held);
}

interface Watched {
  before: Held[];
  /** What the watchers hold afterwards; with one push forgotten, what they would hold. */
  held(forgotten?: Push): Held[];
  fresh: Held[];
}

/** Lets it happen between watchers who hold what was. */
async function watch(happen: () => Promise<unknown>): Promise<Watched> {
  const { watchers } = scene;
  const before = await Promise.all(watchers.map(fetchHeld));
  const heard = watchers.map((): { name: string; data: unknown }[] => []);
  const ears = heard.map((news) => (name: string, data: unknown): void => void news.push({ name, data }));
  watchers.forEach((guest, place) => guest.socket.onAny(ears[place] ?? (() => {})));
  await happen();
  await house.app.deps.soon.drain();
  await Promise.all(watchers.map((guest) => guest.heard(polls.changed)));
  watchers.forEach((guest, place) => guest.socket.offAny(ears[place]));
  const held: Watched['held'] = (forgotten) =>
    before.map((one, place) => (heard[place] ?? []).filter(({ name }) => name !== forgotten?.name).reduce((now, { name, data }) => hears(name, data)(now), one));
  return { before, held, fresh: await Promise.all(watchers.map(fetchHeld)) };
}

describe('every verb of polls and steps that writes', () => {
  it('is in the table', () => {
    const calls = allCalls.filter(({ name }) => /^(polls|steps):/.test(name));
    expect(new Set([...actions.map(({ call }) => call.name), ...reads.map(({ name }) => name)])).toEqual(new Set(calls.map(({ name }) => name)));
  });

  for (const { call, does, act, tells } of actions) {
    it(`${call.name}: when ${does}, what was held and what was told is what is so; and without ${tells.map(({ name }) => name).join(' or ')} it is not`, async () => {
      const { before, held, fresh } = await watch(async () => dataOf((await act(scene)) as Parameters<typeof dataOf>[0]));
      expect(held()).toEqual(fresh);
      expect(fresh).not.toEqual(before);
      for (const push of tells) expect(held(push), push.name).not.toEqual(fresh);
    });
  }
});
