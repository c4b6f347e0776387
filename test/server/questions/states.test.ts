/** The life of a question: every step, by everybody, from everywhere; what is refused changes nothing. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Question } from '../../../server/models/questions/question.js';
import type { Call } from '../../../shared/define.js';
import { moderation } from '../../../shared/contracts/moderation.js';
import { questions, type QuestionState, type QuestionView } from '../../../shared/contracts/live/questions.js';
import { openSocket, type Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { dataOf, publish, ticketHolder } from '../workshops/aWorkshop.js';
import { openQueue, type AQueue } from './aQueue.js';

const people = ['outsider', 'banned', 'viewer', 'moderator', 'foreignHost', 'asker', 'host', 'coHost', 'organizer'] as const;
type Person = (typeof people)[number];
const states = ['pending', 'approved', 'answering', 'answered', 'dismissed', 'retracted'] as const;

interface Step {
  call: Call;
  /** Beside the question itself. */
  more?: object;
  by: readonly Person[];
  /** From where it leads where. */
  leads: Partial<Record<QuestionState, QuestionState>>;
}

const hosts: readonly Person[] = ['host', 'coHost', 'organizer'];
const moderators: readonly Person[] = [...hosts, 'moderator'];
const same = { pending: 'pending', approved: 'approved', answering: 'answering', answered: 'answered', dismissed: 'dismissed' } as const;

const steps: Step[] = [
  { call: questions.edit, more: { text: 'Otherwise?' }, by: ['asker'], leads: { pending: 'pending' } },
  { call: questions.retract, by: ['asker'], leads: { pending: 'retracted' } },
  { call: questions.approve, by: moderators, leads: { pending: 'approved', approved: 'approved', dismissed: 'approved' } },
  { call: questions.answerNow, by: hosts, leads: { pending: 'answering', approved: 'answering', answering: 'answering', answered: 'answering' } },
  { call: questions.markAnswered, by: hosts, leads: { approved: 'answered', answering: 'answered', answered: 'answered' } },
  { call: questions.answer, more: { text: 'Because.' }, by: hosts, leads: { pending: 'answered', approved: 'answered', answering: 'answered', answered: 'answered' } },
  { call: questions.dismiss, by: moderators, leads: { pending: 'dismissed', approved: 'dismissed', answering: 'dismissed', answered: 'dismissed', dismissed: 'dismissed' } },
  { call: questions.restore, more: { to: 'pending' }, by: moderators, leads: { pending: 'pending', approved: 'pending', answering: 'pending', answered: 'pending', dismissed: 'pending' } },
  { call: questions.restore, more: { to: 'approved' }, by: moderators, leads: { approved: 'approved', answering: 'approved', answered: 'approved', dismissed: 'approved' } },
  { call: questions.label, more: { labels: ['Streams'] }, by: hosts, leads: same },
  { call: questions.assign, more: { assigneeId: null }, by: hosts, leads: same },
  { call: questions.unmerge, by: hosts, leads: same },
  { call: questions.vote, more: { isOn: true }, by: ['viewer', 'moderator', 'asker', ...hosts], leads: { approved: 'approved', answering: 'answering', answered: 'answered' } },
];

describe('a question', () => {
  let house: House;
  let queue: AQueue;
  let question: QuestionView;
  let guests: Record<Person, Guest>;
  beforeAll(async () => {
    house = await openHouse();
    queue = await openQueue(house);
    const banned = await ticketHolder(house, queue.workshopId);
    dataOf(await queue.host.call(moderation.restrict, { clientRestrictionId: randomUUID(), kind: 'ban', memberId: banned.id, roomId: queue.roomId, minutes: 5, reason: 'Spam' }));
    const { host, coHost, organizer, asker, listener } = queue;
    guests = { outsider: await house.guest(), banned, viewer: listener, moderator: await house.guest({ role: 'moderator' }), foreignHost: (await publish(house)).host, asker, host, coHost, organizer };
    question = await queue.ask();
  });
  afterAll(() => house.close());

  const put = (state: QuestionState) => Question.updateOne({ _id: question.id }, { $set: { state, version: 1, voterIds: [], votes: 0 } });
  const stands = async () => {
    const { state, version, text, votes } = await Question.findById(question.id).orFail().lean();
    return { state, version, text, votes };
  };
  const step = (name: Person, { call, more }: Step) => guests[name].call(call, { ...queue.at(question), ...more });

  it('is asked about by nobody without a session', async () => {
    await expect(openSocket(house.url, 'nobody')).rejects.toMatchObject({ data: { code: 'session.expired' } });
  });

  for (const one of steps) {
    const { call, more, by, leads } = one;
    it(`${call.name} ${JSON.stringify(more ?? {})}: by ${by.join(', ')}`, async () => {
      for (const state of states) {
        await put(state);
        const before = await stands();
        for (const name of people.filter((person) => !by.includes(person))) {
          const reply = await step(name, one);
          const isInside = name === 'viewer' || name === 'moderator' || hosts.includes(name) || name === 'asker';
          const isHosted = call !== questions.edit && call !== questions.retract;
          expect(reply, `${name} from ${state}`).toMatchObject({ ok: false, failure: { code: isInside && !isHosted ? 'question.not_found' : 'workshop.not_found' } });
        }
        expect(await stands()).toEqual(before);
        const to = leads[state];
        const name = by[states.indexOf(state) % by.length] ?? 'host';
        const reply = await step(name, one);
        if (to) expect([reply.ok, (await stands()).state], `${name} from ${state}`).toEqual([true, to]);
        else {
          expect(reply, `${name} from ${state}`).toMatchObject({ ok: false, failure: { code: expect.stringMatching(/^question\./) as string } });
          expect(await stands()).toEqual(before);
        }
      }
      // Whoever may, may, all of them.
      const from = states.find((state) => leads[state]) ?? 'pending';
      for (const name of by) {
        await put(from);
        expect((await step(name, one)).ok, name).toBe(true);
      }
    });
  }
});
