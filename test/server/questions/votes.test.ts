/** Votes are a set of members, whatever happens to them in whatever order, on however many nodes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Question } from '../../../server/models/questions/question.js';
import { questions, type QuestionView } from '../../../shared/contracts/live/questions.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import { createRandom } from '../../support/random.js';
import type { Guest } from '../../support/guest.js';
import { openTwoNodes, type House, type TwoNodes } from '../../support/house.js';
import { dataOf, ticketHolder } from '../workshops/aWorkshop.js';
import { openQueue, queueKeeper, shownOf, type AQueue } from './aQueue.js';

let nodes: TwoNodes;
let house: House;
let beside: House;
beforeAll(async () => {
  nodes = await openTwoNodes();
  ({ house, node: beside } = nodes);
});
afterAll(() => nodes.close());

const votesOf = async (guest: Guest, { workshopId }: AQueue): Promise<Map<string, number>> => new Map(dataOf(await guest.call(questions.list, { workshopId })).questions.map(({ id, votes }) => [id, votes]));

/** Asks and lets through. */
async function approved(queue: AQueue, text: string, by = queue.asker): Promise<QuestionView> {
  const question = await queue.ask(text, {}, by);
  return dataOf(await queue.host.call(questions.approve, queue.at(question)));
}

describe('a vote', () => {
  it('counts once for each member, on all their devices and nodes, and can be taken back', async () => {
    const queue = await openQueue(house);
    const question = queue.at(await approved(queue, 'Why?'));
    const device = await beside.guest({ as: queue.listener });
    dataOf(await device.call(workshops.enter, { workshopId: queue.workshopId }));
    const replies = await Promise.all([queue.listener, device, queue.listener, device].map((guest) => guest.call(questions.vote, { ...question, isOn: true })));
    expect(replies.flatMap((reply) => dataOf(reply).myVotes)).toEqual([{ questionId: question.questionId, turn: 1, isOn: true }]);
    expect(dataOf(await queue.asker.call(questions.vote, { ...question, isOn: true })).votes).toBe(2);
    expect(dataOf(await device.call(questions.vote, { ...question, isOn: false })).votes).toBe(1);
    expect(await queue.listener.next(questions.myVote, ({ myVotes }) => myVotes.some(({ isOn }) => !isOn))).toMatchObject({ myVotes: [{ turn: 3 }] });
    // Told in batches, the last of which has it all.
    await queue.host.next(questions.voted, ({ votes }) => votes.some((one) => one.questionId === question.questionId && one.votes === 1));
  });

  it('is for what everybody sees: not for what waits or was dismissed', async () => {
    const queue = await openQueue(house);
    const question = await queue.ask();
    const vote = (guest: Guest) => guest.call(questions.vote, { ...queue.at(question), isOn: true });
    // Its asker and a host see that it waits; the others do not see that it is there.
    for (const guest of [queue.asker]) expect(await vote(guest)).toMatchObject({ failure: { code: 'question.wrong_state', data: { state: 'pending' } } });
    expect(await vote(queue.listener)).toMatchObject({ failure: { code: 'question.not_found' } });
    dataOf(await queue.host.call(questions.approve, queue.at(question)));
    expect(dataOf(await vote(queue.listener)).votes).toBe(1);
    dataOf(await queue.host.call(questions.dismiss, queue.at(question)));
    expect(await vote(queue.asker)).toMatchObject({ failure: { code: 'question.wrong_state' } });
    // Brought back, it has what it had.
    expect(dataOf(await queue.host.call(questions.approve, queue.at(question))).votes).toBe(1);
  });
});

describe('merging', () => {
  it('shows the later in the earlier with the votes of both, tells every asker, and can be undone', async () => {
    const queue = await openQueue(house);
    const other = await ticketHolder(house, queue.workshopId);
    dataOf(await other.call(workshops.enter, { workshopId: queue.workshopId }));
    const [first, second] = [await approved(queue, 'Why streams?'), await approved(queue, 'Why are there streams?', other)];
    for (const [guest, question] of [[queue.listener, first], [queue.listener, second], [queue.asker, second]] as const) dataOf(await guest.call(questions.vote, { ...queue.at(question), isOn: true }));

    // Whichever is named first: the earlier one stays.
    expect(dataOf(await queue.host.call(questions.merge, { ...queue.at(first), withId: second.id }))).toMatchObject({ id: first.id, votes: 2, mergedCount: 1 });
    expect(await other.next(questions.changed, ({ id, mergedIntoId }) => id === second.id && mergedIntoId === first.id)).toMatchObject({ state: 'approved' });
    expect(await queue.asker.next(questions.changed, ({ mergedCount }) => mergedCount === 1)).toMatchObject({ id: first.id, votes: 2 });
    expect(await queue.listener.next(questions.withdrawn)).toMatchObject({ questionId: second.id, mergedIntoId: first.id });
    // A second host is told that it is so, and a vote that was on its way to the one counts for the other.
    expect(dataOf(await queue.coHost.call(questions.merge, { ...queue.at(second), withId: first.id })).mergedCount).toBe(1);
    expect(dataOf(await other.call(questions.vote, { ...queue.at(second), isOn: true })).votes).toBe(3);
    expect(dataOf(await queue.asker.call(questions.vote, { ...queue.at(first), isOn: false })).votes).toBe(2);

    expect(dataOf(await queue.host.call(questions.unmerge, queue.at(second)))).toMatchObject({ id: second.id, state: 'approved', votes: 1, mergedIntoId: null });
    expect((await votesOf(queue.listener, queue)).get(first.id)).toBe(2);

    // Whoever is elsewhere by then is written to; those inside were not.
    const letters = async () => (await house.app.deps.mail.kept())?.filter(({ text }) => text.includes('Why are there streams?')) ?? [];
    expect(await letters()).toEqual([]);
    dataOf(await other.call(workshops.leave, { workshopId: queue.workshopId }));
    dataOf(await queue.host.call(questions.merge, { ...queue.at(second), withId: first.id }));
    expect(await letters()).toMatchObject([{ subject: expect.stringContaining('counted with another') as string, text: expect.stringContaining('Why streams?') as string }]);
  });

  it('does not show a question that waits for the hosts to whoever asked the other', async () => {
    const queue = await openQueue(house);
    const other = await ticketHolder(house, queue.workshopId);
    const [first, second] = [await queue.ask('What does the secret branch do?'), await queue.ask('Which branches are there?', {}, other)];
    dataOf(await queue.host.call(questions.merge, { ...queue.at(second), withId: first.id }));
    const letters = (await house.app.deps.mail.kept())?.filter(({ text }) => text.includes('Which branches are there?')) ?? [];
    expect(letters).toMatchObject([{ subject: expect.stringContaining('counted with another') as string }]);
    expect(letters[0]?.text).not.toContain('secret');
    expect([...(await votesOf(other, queue)).keys()]).not.toContain(first.id);
    // Once everybody sees it, it stands in the letter: seen in the test before this one.
  });

  it('leads nowhere in a circle, whatever hosts merge at the same moment', async () => {
    const queue = await openQueue(house);
    const asked: QuestionView[] = [];
    for (const text of ['one', 'two', 'three', 'four']) asked.push(await approved(queue, text));
    const pairs = asked.flatMap((question, place) => asked.filter((_, other) => other !== place).map((other) => [question, other] as const));
    await Promise.all(pairs.map(([question, other], place) => (place % 2 ? queue.host : queue.coHost).call(questions.merge, { ...queue.at(question), withId: other.id })));
    expect([...(await votesOf(queue.listener, queue)).keys()]).toEqual([asked[0]?.id]);
  });

  it('refuses what would hide a question, or what was dealt with', async () => {
    const queue = await openQueue(house);
    const [pending, seen, answered] = [await queue.ask('pending'), await approved(queue, 'seen'), await approved(queue, 'answered')];
    dataOf(await queue.host.call(questions.markAnswered, queue.at(answered)));
    const merge = (one: QuestionView, other: QuestionView) => queue.host.call(questions.merge, { ...queue.at(one), withId: other.id });
    for (const [one, other] of [[seen, pending], [answered, seen], [seen, seen]] as const) expect(await merge(one, other)).toMatchObject({ failure: { code: 'question.wrong_state' } });
    expect([...(await votesOf(queue.host, queue)).keys()]).toEqual([pending.id, seen.id, answered.id]);
  });
});

describe('whatever comes in between, on two nodes', () => {
  it.each([11, 12, 13])('the votes are the set of the voters, and everybody holds the same (seed %i)', async (seed) => {
    const random = createRandom(seed);
    const queue = await openQueue(house);
    const { workshopId, host, coHost, at } = queue;
    dataOf(await host.call(questions.setQueue, { workshopId, isModerated: false, openMax: 20 }));
    const asked = [...(await Promise.all(['a', 'b', 'c'].map((text) => queue.ask(text)))), ...(await Promise.all(['d', 'e', 'f'].map((text) => queue.ask(text, {}, queue.listener))))];
    const voters: Guest[] = [];
    for (let place = 0; place < 6; place += 1) {
      const member = await ticketHolder(house, workshopId);
      const guest = place % 2 ? await beside.guest({ as: member }) : member;
      dataOf(await guest.call(workshops.enter, { workshopId }));
      voters.push(guest);
    }
    const keeper = queueKeeper(workshopId);
    const [watcher = host] = voters.slice(1);
    let book = await keeper.fetch(watcher);
    watcher.socket.onAny((name: string, data: unknown) => {
      book = keeper.hear(book, { name, data });
    });
    const wanted = new Map(asked.map(({ id }) => [id, new Set<string>()]));
    const pickOne = (): QuestionView => random.pick(asked) as QuestionView;

    // Each changes their mind again and again, all at once.
    await Promise.all(
      voters.map(async (guest) => {
        for (let count = 0; count < 12; count += 1) {
          const [question, isOn] = [pickOne(), random.chance(0.6)];
          dataOf(await guest.call(questions.vote, { ...at(question), isOn }));
          if (isOn) wanted.get(question.id)?.add(guest.id);
          else wanted.get(question.id)?.delete(guest.id);
        }
      }),
    );
    const sizes = () => Object.fromEntries(asked.map(({ id }) => [id, wanted.get(id)?.size]));
    expect(Object.fromEntries(await votesOf(host, queue))).toEqual(sizes());

    // Hosts merge while all go on voting: nobody's vote is lost, and nobody's counts twice.
    const merging = async (by: Guest): Promise<void> => {
      for (let count = 0; count < 3; count += 1) await by.call(questions.merge, { ...at(pickOne()), withId: pickOne().id });
    };
    const voting = voters.map(async (guest) => {
      for (let count = 0; count < 5; count += 1) {
        const question = pickOne();
        dataOf(await guest.call(questions.vote, { ...at(question), isOn: true }));
        wanted.get(question.id)?.add(guest.id);
      }
    });
    await Promise.all([merging(host), merging(coHost), ...voting]);
    const { merges } = dataOf(await host.call(questions.list, { workshopId }));
    const rootOf = (id: string): string => {
      const into = merges.find(({ questionId }) => questionId === id)?.intoId;
      return into === undefined ? id : rootOf(into);
    };
    const together = new Map<string, Set<string>>();
    for (const [id, members] of wanted) together.set(rootOf(id), new Set([...(together.get(rootOf(id)) ?? []), ...members]));
    const seen = await votesOf(watcher, queue);
    expect(Object.fromEntries(seen)).toEqual(Object.fromEntries([...together].map(([id, members]) => [id, members.size])));

    // Nobody is in a set twice, what was counted is what is there, and what was told is what is so.
    for (const { voterIds = [], votes = 0 } of await Question.find({ workshopId }).lean()) expect([votes, new Set(voterIds.map(String)).size]).toEqual([voterIds.length, voterIds.length]);
    await Promise.all([house.app.deps.soon.drain(), beside.app.deps.soon.drain()]);
    await watcher.heard(questions.voted, house.app.deps);
    await watcher.heard(questions.voted, beside.app.deps);
    expect(questionsIn(shownOf(book))).toEqual(questionsIn(shownOf(await keeper.fetch(watcher))));
  });
});

/** Own votes are told by replies to the device that casts them, which this watcher did not keep. */
const questionsIn = (shown: unknown): unknown => (shown as { questions: unknown }).questions;
