import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Grant } from '../../../server/models/grant.js';
import { Member } from '../../../server/models/member.js';
import { Question } from '../../../server/models/questions/question.js';
import { questions, type QuestionState, type QuestionView } from '../../../shared/contracts/live/questions.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { dataOf, endTicket, publish, ticketHolder } from '../workshops/aWorkshop.js';

const notFound = { ok: false, failure: { code: 'workshop.not_found', data: {} } };

describe('the question queue', () => {
  let house: House;
  let workshopId: string;
  let host: Guest;
  let organizer: Guest;
  let asker: Guest;
  let listener: Guest;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());
  beforeEach(async () => {
    const published = await publish(house);
    ({ host, organizer } = published);
    workshopId = published.workshop.id;
    [asker, listener] = [await ticketHolder(house, workshopId), await ticketHolder(house, workshopId)];
    for (const guest of [host, organizer, asker, listener]) dataOf(await guest.call(workshops.enter, { workshopId }));
  });

  const form = (text = 'Why is it called a stream?') => ({ workshopId, clientQuestionId: randomUUID(), text });
  const ask = async (text?: string): Promise<QuestionView> => dataOf(await asker.call(questions.ask, form(text)));
  const at = (question: QuestionView): { workshopId: string; questionId: string } => ({ workshopId, questionId: question.id });
  /** The states a guest was told of a question, in the order they came: under numbers that rise. */
  const told = async (guest: Guest, question: QuestionView): Promise<QuestionState[]> => {
    const views = (await guest.heard(questions.changed)).filter((one) => one.id === question.id);
    expect(views.map(({ rev }) => rev)).toEqual([...new Set(views.map(({ rev }) => rev))].toSorted((one, other) => one - other));
    return views.map((one) => one.state);
  };
  const listed = async (guest: Guest): Promise<[string, QuestionState][]> => dataOf(await guest.call(questions.list, { workshopId })).questions.map((one) => [one.id, one.state]);

  it('shows each step to whoever may see it, live and in the list', async () => {
    const question = await ask();
    expect(question).toMatchObject({ state: 'pending', asker: { id: asker.id } });
    expect(await listed(listener)).toEqual([]);
    for (const guest of [asker, host]) expect(await listed(guest)).toEqual([[question.id, 'pending']]);

    for (const step of [questions.approve, questions.answerNow, questions.markAnswered]) dataOf(await host.call(step, at(question)));
    const audience: QuestionState[] = ['approved', 'answering', 'answered'];
    expect(await told(listener, question)).toEqual(audience);
    for (const guest of [asker, host, organizer]) {
      expect(await told(guest, question)).toEqual(['pending', ...audience]);
      expect(await listed(guest)).toEqual([[question.id, 'answered']]);
    }
    expect(await listed(listener)).toEqual([[question.id, 'answered']]);
  });

  it('withdraws from the audience what it saw, and tells hosts and asker that it was dismissed', async () => {
    const [seen, unseen] = [await ask('seen'), await ask('unseen')];
    dataOf(await host.call(questions.approve, at(seen)));
    for (const question of [seen, unseen]) dataOf(await host.call(questions.dismiss, at(question)));

    expect(await listener.heard(questions.withdrawn)).toMatchObject([{ workshopId, questionId: seen.id, mergedIntoId: null }]);
    expect(await told(listener, seen)).toEqual(['approved']);
    expect(await told(listener, unseen)).toEqual([]);
    expect(await listed(listener)).toEqual([]);
    for (const guest of [host, asker]) expect(await guest.heard(questions.withdrawn)).toEqual([]);
    for (const guest of [host, asker]) {
      expect(await told(guest, seen)).toEqual(['pending', 'approved', 'dismissed']);
      expect(await told(guest, unseen)).toEqual(['pending', 'dismissed']);
      expect(await listed(guest)).toEqual([[seen.id, 'dismissed'], [unseen.id, 'dismissed']]);
    }
    dataOf(await organizer.call(questions.approve, at(seen)));
    expect(await told(listener, seen)).toEqual(['approved', 'approved']);
  });

  it('treats a retry as the same question', async () => {
    const input = form();
    const replies = await Promise.all(Array.from({ length: 4 }, () => asker.call(questions.ask, input)));
    const ids = new Set(replies.map((reply) => dataOf(reply).id));
    expect(ids.size).toBe(1);
    expect((await host.heard(questions.changed)).filter((one) => ids.has(one.id))).toHaveLength(1);
    // The name is the asker's own: another's question of the same name is another question.
    expect(ids.has(dataOf(await listener.call(questions.ask, input)).id)).toBe(false);
  });

  it('has at most one on air, whatever the hosts press at once', async () => {
    const asked: QuestionView[] = [];
    for (const text of ['one', 'two', 'three', 'four', 'five', 'six']) asked.push(dataOf(await (asked.length % 2 ? asker : listener).call(questions.ask, form(text))));
    const replies = await Promise.all(asked.map((question, index) => (index % 2 ? host : organizer).call(questions.answerNow, at(question))));
    expect(replies.filter((reply) => !reply.ok && reply.failure.code !== 'server.busy')).toEqual([]);

    const states = (await Question.find({ workshopId }).lean()).map((question) => question.state);
    expect(states.filter((state) => state === 'answering')).toHaveLength(1);
    // Each that was taken on air gave way to the next, and everybody heard both.
    const onAir = new Set<string>();
    for (const one of await listener.heard(questions.changed)) {
      if (one.state === 'answering') onAir.add(one.id);
      else onAir.delete(one.id);
    }
    expect(onAir.size).toBe(1);
  });

  it('makes the one on air answered when another is taken there', async () => {
    const [first, second] = [await ask('first'), await ask('second')];
    dataOf(await host.call(questions.answerNow, at(first)));
    expect(dataOf(await organizer.call(questions.answerNow, at(second)))).toMatchObject({ state: 'answering', answeredAt: null });
    expect(await told(listener, first)).toEqual(['answering', 'answered']);
    expect(await told(listener, second)).toEqual(['answering']);
    // A second host, or a retry, is told that it is so; and nobody hears it twice.
    expect(dataOf(await organizer.call(questions.answerNow, at(second)))).toMatchObject({ state: 'answering' });
    expect(await told(listener, second)).toEqual(['answering']);
  });

  it('is steered by hosts only, each in their own workshop; moderators let through and dismiss', async () => {
    const question = await ask();
    const other = await publish(house);
    const stranger = await house.guest();
    for (const step of [questions.approve, questions.answerNow, questions.markAnswered, questions.dismiss]) {
      for (const guest of [asker, listener, stranger, other.host]) expect(await guest.call(step, at(question))).toEqual(notFound);
      const elsewhere = { workshopId: other.workshop.id, questionId: question.id };
      expect(await other.host.call(step, elsewhere)).toEqual({ ok: false, failure: { code: 'question.not_found', data: {} } });
    }
    expect(await Question.findById(question.id).lean()).toMatchObject({ state: 'pending', version: 1 });
    const moderator = await house.guest({ role: 'moderator' });
    dataOf(await moderator.call(workshops.enter, { workshopId }));
    // They see who asked and what waits, live and in the list; what only hosts do is refused.
    expect(await listed(moderator)).toEqual([[question.id, 'pending']]);
    const second = await ask('second');
    expect(dataOf(await moderator.call(questions.approve, at(second)))).toMatchObject({ state: 'approved', desk: { labels: [] } });
    expect(await told(moderator, second)).toEqual(['pending', 'approved']);
    expect(await moderator.call(questions.answerNow, at(second))).toEqual(notFound);
    expect(dataOf(await moderator.call(questions.dismiss, at(second)))).toMatchObject({ state: 'dismissed' });
    // Made a member again, they hear what everybody hears.
    await Member.updateOne({ _id: moderator.id }, { $set: { role: 'member' } });
    await Grant.giveOnce(moderator.id, { kind: 'workshop', ref: workshopId }, { kind: 'ticket', id: moderator.id }, house.app.deps.now());
    await house.app.deps.judgeAgain(moderator.id);
    const third = await ask('third');
    expect(await told(moderator, third)).toEqual([]);
    expect(dataOf(await host.call(questions.approve, at(question)))).toMatchObject({ state: 'approved' });
    expect(await told(moderator, question)).toEqual(['approved']);
  });

  it('is told by another node where one was killed before it told', async () => {
    const question = await ask();
    // As a kill leaves it: stored, and nobody heard.
    await Question.updateOne({ _id: question.id }, { $set: { state: 'approved', untoldAt: new Date(Date.now() - 4_000) } });
    expect(await told(listener, question)).toEqual([]);
    await house.app.deps.queueNews.repair();
    expect(await told(listener, question)).toEqual(['approved']);
    await house.app.deps.queueNews.repair();
    expect(await told(listener, question)).toEqual(['approved']);
  });

  it('is asked and read by those inside, before and while it is live', async () => {
    const stranger = await house.guest();
    expect(await stranger.call(questions.ask, form())).toEqual(notFound);
    expect(await stranger.call(questions.list, { workshopId })).toEqual(notFound);
    expect(await stranger.call(questions.list, { workshopId: '0'.repeat(24) })).toEqual(notFound);

    const before = form();
    const question = dataOf(await asker.call(questions.ask, before));
    dataOf(await host.call(workshops.goLive, { workshopId }));
    dataOf(await asker.call(questions.ask, form()));
    dataOf(await host.call(workshops.end, { workshopId }));
    expect(await asker.call(questions.ask, form())).toEqual({ ok: false, failure: { code: 'workshop.wrong_state', data: { state: 'ended' } } });
    // A retry of one that was asked in time is a read, and hosts may still answer it.
    expect(dataOf(await asker.call(questions.ask, before))).toMatchObject({ id: question.id, text: question.text, state: 'pending' });
    expect(dataOf(await host.call(questions.approve, at(question)))).toMatchObject({ state: 'approved' });
  });

  it('says nothing more to one whose right has ended', async () => {
    const [mine, theirs] = [await ask('mine'), dataOf(await listener.call(questions.ask, form('theirs')))];
    await endTicket(house, asker, workshopId);
    for (const question of [mine, theirs]) {
      dataOf(await host.call(questions.approve, at(question)));
      dataOf(await host.call(questions.dismiss, at(question)));
    }
    expect(await told(asker, mine)).toEqual(['pending']);
    expect(await asker.heard(questions.withdrawn)).toEqual([]);
    expect(await told(listener, mine)).toEqual(['approved']);
    expect(await asker.call(questions.list, { workshopId })).toEqual(notFound);
  });

  it('refuses what is no question', async () => {
    for (const input of [{ ...form(), text: '   ' }, { ...form(), text: 'x'.repeat(501) }, { ...form(), clientQuestionId: '1' }, { ...form(), workshopId: { $ne: null } }, null]) {
      expect(await asker.call(questions.ask, input as ReturnType<typeof form>)).toMatchObject({ ok: false, failure: { code: 'input.invalid' } });
    }
    expect(await listed(host)).toEqual([]);
    expect(dataOf(await asker.call(questions.ask, { ...form(), text: ` ${'x'.repeat(500)} ` })).text).toHaveLength(500);
  });
});
