/** Asking: anonymously, without asking twice, by the queue's rules; and what becomes of it in writing. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Workshop } from '../../../server/models/workshop.js';
import { members } from '../../../shared/contracts/members.js';
import { questions, type AskQuestion } from '../../../shared/contracts/live/questions.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import { openHouse, type House } from '../../support/house.js';
import { dataOf } from '../workshops/aWorkshop.js';
import { openQueue } from './aQueue.js';

let house: House;
let now = Date.now();
beforeAll(async () => {
  house = await openHouse({ now: () => new Date(now) });
});
afterAll(() => house.close());

const exported = async (queue: Awaited<ReturnType<typeof openQueue>>, format: 'markdown' | 'csv') => dataOf(await queue.host.ask(questions.export, { workshopId: queue.workshopId, format })).text;

describe('asking anonymously', () => {
  it('tells the audience nothing of who it was, in no push, list, suggestion or file, and the hosts everything', async () => {
    const queue = await openQueue(house);
    const { host, asker, listener, at, workshopId } = queue;
    const told: unknown[] = [];
    listener.socket.onAny((...push: unknown[]) => told.push(push));
    const question = await queue.ask('Who pays for this?', { isAnonymous: true });
    expect(question.asker?.id).toBe(asker.id);
    dataOf(await host.call(questions.approve, at(question)));
    dataOf(await asker.call(questions.vote, { ...at(question), isOn: true }));
    dataOf(await host.call(questions.answerNow, at(question)));
    dataOf(await host.call(questions.answer, { ...at(question), text: 'All of us.' }));
    await listener.heard(questions.changed);
    const seen = dataOf(await listener.call(questions.list, { workshopId })).questions;
    expect(seen).toMatchObject([{ id: question.id, asker: null, isAnonymous: true, desk: null, answer: { text: 'All of us.' } }]);
    const suggested = dataOf(await listener.call(questions.suggest, { workshopId, text: 'Who pays for all of this?' }));
    expect(suggested).toMatchObject([{ id: question.id, asker: null }]);
    const all = JSON.stringify([told, seen, suggested, await exported(queue, 'markdown'), await exported(queue, 'csv')]);
    expect(all).toContain('Who pays for this?');
    for (const secret of [asker.id, asker.name]) expect(all).not.toContain(secret);
    for (const guest of [host, asker]) expect(dataOf(await guest.call(questions.list, { workshopId })).questions[0]?.asker?.id).toBe(asker.id);
  });
});

describe('a question of one’s own', () => {
  it('is worded anew or taken back while it waits, and is nobody else’s', async () => {
    const queue = await openQueue(house);
    const { host, asker, listener, at, workshopId } = queue;
    const form: AskQuestion = { workshopId, clientQuestionId: randomUUID(), text: 'Why?', isAnonymous: false };
    const question = dataOf(await asker.call(questions.ask, form));
    expect(dataOf(await asker.call(questions.edit, { ...at(question), text: ' Why not? ' })).text).toBe('Why not?');
    expect(await host.next(questions.changed, ({ text }) => text === 'Why not?')).toMatchObject({ state: 'pending' });
    expect(await listener.call(questions.edit, { ...at(question), text: 'Mine' })).toMatchObject({ failure: { code: 'question.not_found' } });
    dataOf(await asker.call(questions.retract, at(question)));
    for (const guest of [host, asker]) expect(dataOf(await guest.call(questions.list, { workshopId })).questions).toEqual([]);
    // A retry of the asking does not bring it back, and nobody can.
    expect(dataOf(await asker.call(questions.ask, form)).state).toBe('retracted');
    expect(await host.call(questions.approve, at(question))).toMatchObject({ failure: { code: 'question.not_found' } });
    expect(await listener.heard(questions.changed)).toEqual([]);
  });
});

describe('the queue', () => {
  it('finds what was asked already, in either language, among what one may see', async () => {
    const queue = await openQueue(house);
    const { host, asker, listener, workshopId } = queue;
    dataOf(await host.call(questions.setQueue, { workshopId, isModerated: false, openMax: 20 }));
    for (const text of ['How does back-pressure work in streams?', '如何处理流的背压问题？', 'When is lunch?']) await queue.ask(text);
    const suggest = async (guest: typeof asker, text: string) => dataOf(await guest.call(questions.suggest, { workshopId, text })).map((one) => one.text);
    expect(await suggest(listener, 'how do streams do backpressure')).toEqual(['How does back-pressure work in streams?']);
    expect(await suggest(listener, '流的背压怎么处理')).toEqual(['如何处理流的背压问题？']);
    expect(await suggest(listener, 'Who wrote the parser?')).toEqual([]);
    dataOf(await host.call(questions.setQueue, { workshopId, isModerated: true, openMax: 20 }));
    await queue.ask('Is there a recording of the talk?', { isAnonymous: true });
    expect(await suggest(listener, 'Is there a recording of this talk?')).toEqual([]);
    for (const guest of [asker, host]) expect(await suggest(guest, 'Is there a recording of this talk?')).toEqual(['Is there a recording of the talk?']);
  });

  it('lets through at once where it is not moderated, and only so many of one member', async () => {
    const queue = await openQueue(house);
    const { host, listener, asker, workshopId, at } = queue;
    expect(dataOf(await host.call(questions.setQueue, { workshopId, isModerated: false, openMax: 2 }))).toEqual({ isModerated: false, openMax: 2 });
    expect(await listener.next(questions.queueChanged)).toMatchObject({ settings: { openMax: 2 } });
    const [first] = [await queue.ask('one'), await queue.ask('two')];
    expect(first.state).toBe('approved');
    expect((await listener.heard(questions.changed)).map(({ text }) => text)).toEqual(['one', 'two']);
    const third = { workshopId, clientQuestionId: randomUUID(), text: 'three' };
    expect(await asker.call(questions.ask, third)).toMatchObject({ failure: { code: 'question.too_many_open', data: { max: 2 } } });
    dataOf(await host.call(questions.markAnswered, at(first)));
    // Of those asked at the same moment no more are taken than there is room for.
    const atOnce = await Promise.all(['three', 'four'].map((text) => asker.call(questions.ask, { ...third, clientQuestionId: randomUUID(), text })));
    expect(atOnce.map((reply) => (reply.ok ? 'asked' : reply.failure.code)).toSorted()).toEqual(['asked', 'question.too_many_open']);
    for (const reply of atOnce) if (reply.ok) dataOf(await host.call(questions.dismiss, at(reply.data)));
    expect(dataOf(await asker.call(questions.ask, third)).text).toBe('three');
  });

  it('keeps labels and whose question it is among the hosts', async () => {
    const queue = await openQueue(house);
    const { host, coHost, listener, asker, at } = queue;
    const question = await queue.ask();
    dataOf(await host.call(questions.approve, at(question)));
    dataOf(await host.call(questions.label, { ...at(question), labels: ['Streams', 'Streams', 'Hard'] }));
    expect(dataOf(await host.call(questions.assign, { ...at(question), assigneeId: coHost.id })).desk).toEqual({ labels: ['Streams', 'Hard'], assignee: expect.objectContaining({ id: coHost.id }) as unknown });
    for (const memberId of [asker.id, '0'.repeat(24)]) expect(await host.call(questions.assign, { ...at(question), assigneeId: memberId })).toMatchObject({ failure: { code: 'member.not_found' } });
    for (const guest of [listener, asker]) expect(new Set((await guest.heard(questions.changed)).map(({ desk }) => desk))).toEqual(new Set([null]));
  });
});

describe('a written answer', () => {
  it('is given after the workshop too; the asker is told, by mail and in their language, once', async () => {
    const queue = await openQueue(house);
    const { host, asker, at, workshopId } = queue;
    dataOf(await asker.ask(members.updateProfile, { language: 'zh-CN' }));
    dataOf(await host.call(workshops.goLive, { workshopId }));
    const question = await queue.ask('为什么？');
    now += 65_000;
    expect(dataOf(await host.call(questions.answerNow, at(question))).chapterSeconds).toBe(65);
    dataOf(await host.call(questions.restore, { ...at(question), to: 'approved' }));
    dataOf(await host.call(workshops.end, { workshopId }));
    for (const text of ['因为。', '因为。', '因为如此。']) expect(dataOf(await host.call(questions.answer, { ...at(question), text }))).toMatchObject({ state: 'answered', answer: { text, by: { id: host.id } } });
    expect(await asker.next(questions.changed, ({ answer }) => answer !== null)).toMatchObject({ answer: { text: '因为。' } });
    const letters = (await house.app.deps.mail.kept())?.filter(({ text }) => text.includes('为什么？'));
    expect(letters).toMatchObject([{ subject: expect.stringContaining('提问已得到回答') as string, text: expect.stringContaining('因为。') as string }]);
  });

  it('stands in the files, where what members wrote is neither a formula nor a heading', async () => {
    const queue = await openQueue(house);
    const { host, at, workshopId } = queue;
    dataOf(await host.call(workshops.goLive, { workshopId }));
    const [formula, heading] = [await queue.ask('=HYPERLINK("https://example.org")'), await queue.ask('# <b>Loud</b>\n- [x](https://example.org)')];
    await Workshop.updateOne({ _id: workshopId }, { $set: { liveAt: new Date(now - 3_725_000) } });
    for (const question of [formula, heading]) dataOf(await host.call(questions.answerNow, at(question)));
    dataOf(await host.call(questions.answer, { ...at(heading), text: 'In *Markdown*.' }));
    const unseen = await queue.ask('Not let through');
    const table = await exported(queue, 'csv');
    expect(table.startsWith('\uFEFF"question"')).toBe(true);
    expect(table).toContain(`"'=HYPERLINK(""https://example.org"")","answered",0,"${queue.asker.name}"`);
    const faq = await exported(queue, 'markdown');
    expect(faq).toContain('## \\# \\<b\\>Loud\\</b\\> - \\[x\\](https://example.org)');
    expect(faq).toContain('In the workshop at 1:02:05');
    expect(faq).toContain('In *Markdown*.');
    for (const text of [table, faq]) expect(text).not.toContain(unseen.text);
    expect(await queue.listener.ask(questions.export, { workshopId, format: 'csv' })).toMatchObject({ failure: { code: 'workshop.not_found' } });
  });
});
