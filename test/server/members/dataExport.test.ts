/** What a member is told when they ask for everything the house keeps of them: what they did in workshops, and nothing of others. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { memberExport } from '../../../shared/contracts/members.js';
import { polls, type Choice, type PollDraft } from '../../../shared/contracts/live/polls.js';
import { questions } from '../../../shared/contracts/live/questions.js';
import { steps } from '../../../shared/contracts/live/steps.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { choose, draftOf, stepsOf } from '../polls/aPoll.js';
import { openQueue } from '../questions/aQueue.js';
import { dataOf, ticketHolder } from '../workshops/aWorkshop.js';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

it('tells of questions and votes for them, of polls and of steps, each member only their own', async () => {
  const { workshopId, host, asker: ada, at, ask } = await openQueue(house);
  const bob = await ticketHolder(house, workshopId);
  dataOf(await bob.call(workshops.enter, { workshopId }));
  const exported = async (guest: Guest) => dataOf(await guest.ask(memberExport.show, {})).chapters;
  const nothing = { questions: { asked: [], votedFor: [] }, polls: [], steps: [] };
  expect(await exported(bob)).toMatchObject(nothing);

  const asked = await ask('Why is it called a stream?', { isAnonymous: true });
  dataOf(await host.call(questions.approve, at(asked)));
  dataOf(await bob.call(questions.vote, { ...at(asked), isOn: true }));

  const poll = async (draft: Partial<PollDraft>, votes: [Guest, Choice][]): Promise<void> => {
    const { id: pollId } = dataOf(await host.call(polls.create, { workshopId, clientPollId: randomUUID(), draft: draftOf(draft) }));
    dataOf(await host.call(polls.launch, { workshopId, pollId }));
    for (const [guest, { options, text }] of votes) dataOf(await guest.call(polls.vote, { workshopId, pollId, ...choose(options, text) }));
  };
  await poll({ question: 'Tabs?' }, [[ada, { options: [0], text: '' }], [bob, { options: [1], text: '' }]]);
  await poll({ question: 'Really?', isAnonymous: true }, [[ada, { options: [2], text: '' }], [bob, { options: [0], text: '' }], [bob, { options: [], text: '' }]]);
  await poll({ question: 'In a word?', kind: 'text', options: [] }, [[bob, { options: [], text: 'rivets' }]]);

  const [clone, build] = dataOf(await host.call(steps.save, { workshopId, version: 0, steps: stepsOf('Clone', 'Build') })).steps;
  if (!clone || !build) throw new Error('two steps were saved');
  for (const [guest, step, state, note] of [[ada, clone, 'done', ''], [bob, build, 'stuck', 'It says no']] as const) dataOf(await guest.call(steps.mark, { workshopId, stepId: step.id, clientMarkId: randomUUID(), state, note }));

  const of = { workshopId };
  expect(await exported(ada)).toMatchObject({
    questions: { asked: [{ ...of, text: 'Why is it called a stream?', isAnonymous: true, state: 'approved' }], votedFor: [] },
    polls: [{ ...of, question: 'Tabs?', isAnonymous: false, chose: ['Tabs'] }, { ...of, question: 'Really?', isAnonymous: true, chose: ['Both'] }],
    steps: [{ ...of, step: 'Clone', state: 'done', note: '' }],
  });
  expect(await exported(bob)).toMatchObject({
    questions: { asked: [], votedFor: [{ ...of, text: 'Why is it called a stream?' }] },
    polls: [{ ...of, question: 'Tabs?', chose: ['Spaces'] }, { ...of, question: 'In a word?', text: 'rivets' }],
    steps: [{ ...of, step: 'Build', state: 'stuck', note: 'It says no' }],
  });
  expect(await exported(await house.guest())).toMatchObject(nothing);
});
