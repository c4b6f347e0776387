/**
 * Every verb of the queue is told whole: what hosts, a moderator, the asker and the audience held before, and what they were pushed, come
 * to the very same as what they would fetch afresh. A verb that forgets a push fails here, and so does a new one that nobody
 * entered in the table.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Call, Push } from '../../../shared/define.js';
import { questions, type QuestionView } from '../../../shared/contracts/live/questions.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import type { Reply } from '../../../shared/failures.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { allCalls } from '../access/allContracts.js';
import { watch } from '../verifying/watch.js';
import { dataOf } from '../workshops/aWorkshop.js';
import { openQueue, queueKeeper, shownOf, type AQueue } from './aQueue.js';

/** A queue in which there is something of everything, and those who watch it. */
interface Scene extends AQueue {
  pending: QuestionView;
  /** Asked anonymously; the listener votes for it. */
  approved: QuestionView;
  answering: QuestionView;
  answered: QuestionView;
  dismissed: QuestionView;
  /** Is seen in `approved`; the asker votes for it. */
  merged: QuestionView;
  /** Holds no ticket, and settles questions from their seat. */
  moderator: Guest;
  watchers: Guest[];
}

interface Action {
  call: Call;
  does: string;
  act(scene: Scene): Promise<Reply<unknown>>;
  tells: Push[];
}

const { changed, withdrawn, voted, myVote, queueChanged } = questions;

const actions: Action[] = [
  { call: questions.ask, does: 'something is asked', tells: [changed], act: ({ listener, workshopId }) => listener.call(questions.ask, { workshopId, clientQuestionId: crypto.randomUUID(), text: 'And then?', isAnonymous: true }) },
  { call: questions.edit, does: 'it is worded anew', tells: [changed], act: ({ asker, at, pending }) => asker.call(questions.edit, { ...at(pending), text: 'Otherwise?' }) },
  { call: questions.retract, does: 'it is taken back', tells: [changed], act: ({ asker, at, pending }) => asker.call(questions.retract, at(pending)) },
  { call: questions.vote, does: 'somebody votes', tells: [voted, myVote], act: ({ asker, at, answering }) => asker.call(questions.vote, { ...at(answering), isOn: true }) },
  { call: questions.vote, does: 'a vote is taken back that was cast for what is merged', tells: [voted, myVote], act: ({ asker, at, approved }) => asker.call(questions.vote, { ...at(approved), isOn: false }) },
  { call: questions.approve, does: 'it is let through', tells: [changed], act: ({ host, at, pending }) => host.call(questions.approve, at(pending)) },
  { call: questions.answerNow, does: 'another is taken on air', tells: [changed], act: ({ host, at, approved }) => host.call(questions.answerNow, at(approved)) },
  { call: questions.markAnswered, does: 'the one on air is answered', tells: [changed], act: ({ host, at, answering }) => host.call(questions.markAnswered, at(answering)) },
  { call: questions.answer, does: 'it is answered in writing', tells: [changed], act: ({ host, at, approved }) => host.call(questions.answer, { ...at(approved), text: 'Because.' }) },
  { call: questions.dismiss, does: 'what was seen is dismissed', tells: [changed, withdrawn], act: ({ moderator, at, answered }) => moderator.call(questions.dismiss, at(answered)) },
  { call: questions.restore, does: 'what was answered is open again', tells: [changed], act: ({ host, at, answered }) => host.call(questions.restore, { ...at(answered), to: 'approved' }) },
  { call: questions.restore, does: 'what was let through waits again', tells: [changed, withdrawn], act: ({ moderator, at, approved }) => moderator.call(questions.restore, { ...at(approved), to: 'pending' }) },
  { call: questions.merge, does: 'two are made one', tells: [changed], act: ({ host, at, approved, pending }) => host.call(questions.merge, { ...at(pending), withId: approved.id }) },
  { call: questions.unmerge, does: 'they are two again', tells: [changed], act: ({ host, at, merged }) => host.call(questions.unmerge, at(merged)) },
  { call: questions.label, does: 'it gets a label', tells: [changed], act: ({ host, at, pending }) => host.call(questions.label, { ...at(pending), labels: ['Streams'] }) },
  { call: questions.assign, does: 'a co-host is to answer it', tells: [changed], act: ({ host, coHost, at, pending }) => host.call(questions.assign, { ...at(pending), assigneeId: coHost.id }) },
  { call: questions.setQueue, does: 'questions are taken otherwise', tells: [queueChanged], act: ({ host, workshopId }) => host.call(questions.setQueue, { workshopId, isModerated: false, openMax: 3 }) },
];
const reads: Call[] = [questions.list, questions.suggest];

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => house.everybodyLeaves());
afterAll(() => house.close());

async function setScene(): Promise<Scene> {
  const queue = await openQueue(house);
  const { workshopId, host, asker, listener, ask, at } = queue;
  dataOf(await host.call(questions.setQueue, { workshopId, isModerated: true, openMax: 20 }));
  const approved = await ask('approved', { isAnonymous: true });
  const [answered, answering, dismissed, merged, pending] = await Promise.all([ask('answered'), ask('answering'), ask('dismissed'), ask('merged'), ask('pending')]);
  for (const reply of await Promise.all([approved, answered, merged].map((question) => host.call(questions.approve, at(question))))) dataOf(reply);
  const done = await Promise.all([
    listener.call(questions.vote, { ...at(approved), isOn: true }), asker.call(questions.vote, { ...at(merged), isOn: true }),
    host.call(questions.markAnswered, at(answered)), host.call(questions.answerNow, at(answering)), host.call(questions.dismiss, at(dismissed)),
  ]);
  expect(done.filter(({ ok }) => !ok)).toEqual([]);
  dataOf(await host.call(questions.merge, { ...at(merged), withId: approved.id }));
  const [ownDevice, hostDevice, moderator] = await Promise.all([house.guest({ as: asker }), house.guest({ as: host }), house.guest({ role: 'moderator' })]);
  for (const reply of await Promise.all([ownDevice, hostDevice, moderator].map((guest) => guest.call(workshops.enter, { workshopId })))) dataOf(reply);
  return { ...queue, pending, approved, answering, answered, dismissed, merged, moderator, watchers: [queue.coHost, hostDevice, moderator, ownDevice, listener] };
}

describe('every verb of the queue', () => {
  it('is in the table', () => {
    const calls = allCalls.filter(({ name }) => name.startsWith('questions:'));
    expect(new Set([...actions, ...reads.map((call) => ({ call }))].map(({ call }) => call.name))).toEqual(new Set(calls.map(({ name }) => name)));
  });

  for (const { call, does, act, tells } of actions) {
    for (const forgets of [undefined, ...tells]) {
      it(`${call.name}: when ${does}${forgets ? `, and ${forgets.name} is forgotten, somebody holds what is not so` : ', what was held and what was told is what is so'}`, async () => {
        const scene = await setScene();
        await house.app.deps.soon.drain();
        const seen = await watch(house, { watchers: scene.watchers, keepers: [queueKeeper(scene.workshopId)], happen: () => act(scene), tells, ...(forgets ? { forgets } : {}) });
        const [before, held, fresh] = [seen.before, seen.held, seen.fresh].map((states) => states.map(([book]) => shownOf(book as Parameters<typeof shownOf>[0])));
        if (forgets) expect(held).not.toEqual(fresh);
        else expect(held).toEqual(fresh);
        expect(fresh).not.toEqual(before);
      });
    }
  }
});
