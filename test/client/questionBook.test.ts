import { describe, expect, it } from 'vitest';
import { byAge, count, emptyBook, hear, relist, settle, takeMyVotes, votedIn, withdraw, type QuestionBook } from '../../client/questions/questionBook.js';
import { sortQuestions, type Sorting } from '../../client/questions/pane/sorting.js';
import type { QuestionState, QuestionView, QueueView } from '../../shared/contracts/live/questions.js';

const id = (digit: string) => digit.repeat(24);

function question(digit: string, rev: number, state: QuestionState = 'approved', more: Partial<QuestionView> = {}): QuestionView {
  return {
    id: id(digit), workshopId: id('f'), clientQuestionId: '6f1c9f6e-5a52-4a52-9a52-0c7e6ad4b001', asker: { id: id('e'), name: 'Ana', role: 'member' }, isAnonymous: false,
    text: `question ${digit}`, state, rev, votes: 0, askedAt: `2026-11-23T10:00:0${digit}.000Z`, answeringAt: null, answeredAt: null, answer: null, chapterSeconds: null,
    mergedIntoId: null, mergedCount: 0, desk: null, ...more,
  };
}
const queue = (rev: number, questions: QuestionView[], more: Partial<QueueView> = {}): QueueView => ({ rev, settings: { isModerated: true, openMax: 5 }, questions, myVotes: [], merges: [], ...more });
const gone = (digit: string, rev: number, mergedInto: string | null = null) => ({ questionId: id(digit), rev, mergedIntoId: mergedInto && id(mergedInto) });
const votes = (rev: number, digit: string, number: number) => ({ rev, votes: [{ questionId: id(digit), votes: number }] });

const states = (book: QuestionBook) => byAge(book).map(({ text, state }) => `${text} ${state}`);
const counts = (book: QuestionBook) => byAge(book).map((one) => one.votes);

describe('the questions a client knows', () => {
  it('keeps the newest view of each, whatever the order of the news', () => {
    const book = [question('1', 3, 'answered'), question('1', 2, 'answering'), question('2', 1, 'pending')].reduce(hear, emptyBook);
    expect(states(book)).toEqual(['question 1 answered', 'question 2 pending']);
  });

  it('does not bring a withdrawn question back by older news, but by newer', () => {
    const book = withdraw(hear(emptyBook, question('1', 2)), gone('1', 3));
    expect(states(hear(book, question('1', 2)))).toEqual([]);
    expect(states(hear(book, question('1', 4)))).toEqual(['question 1 approved']);
  });

  it('does not withdraw what has moved on since', () => {
    expect(states(withdraw(hear(emptyBook, question('1', 5)), gone('1', 4)))).toEqual(['question 1 approved']);
  });

  it('shows nothing of what its asker took back', () => {
    const book = hear(hear(emptyBook, question('1', 1, 'pending')), question('1', 2, 'retracted'));
    expect(states(hear(book, question('1', 1, 'pending')))).toEqual([]);
  });

  it('drops what a whole list no longer has, and keeps what is newer than the list', () => {
    const before = [question('1', 2, 'answering'), question('2', 1)].reduce(hear, emptyBook);
    expect(states(relist(before, queue(1, [question('1', 1)])))).toEqual(['question 1 answering']);
  });

  it('counts votes by the newest count, and neither loses a state to a count nor a count to a state', () => {
    const book = count(hear(emptyBook, question('1', 1)), votes(4, '1', 7));
    expect(counts(count(book, votes(3, '1', 5)))).toEqual([7]);
    const moved = hear(book, question('1', 2, 'answering', { votes: 3 }));
    expect([states(moved), counts(moved)]).toEqual([['question 1 answering'], [7]]);
    expect(counts(hear(moved, question('1', 5, 'answered', { votes: 9 })))).toEqual([9]);
  });

  it('knows what one votes for, on whichever device, and through merges and their undoing', () => {
    const asked = [question('1', 1), question('2', 1)].reduce(hear, emptyBook);
    const voted = takeMyVotes(takeMyVotes(asked, [{ questionId: id('2'), turn: 3, isOn: true }]), [{ questionId: id('2'), turn: 2, isOn: false }]);
    expect([...votedIn(voted)]).toEqual([id('2')]);
    const merged = withdraw(voted, gone('2', 4, '1'));
    expect([...votedIn(merged)]).toEqual([id('1')]);
    expect([...votedIn(hear(merged, question('2', 5)))]).toEqual([id('2')]);
    expect([...votedIn(relist(emptyBook, queue(4, [question('1', 4)], { myVotes: [{ questionId: id('2'), turn: 3, isOn: true }], merges: [{ questionId: id('2'), intoId: id('1') }] })))]).toEqual([id('1')]);
  });

  it('takes the newest word on how questions are taken', () => {
    const open = settle(emptyBook, { rev: 3, settings: { isModerated: false, openMax: 2 } });
    expect(settle(open, { rev: 2, settings: { isModerated: true, openMax: 5 } }).settings?.settings).toEqual({ isModerated: false, openMax: 2 });
  });
});

describe('the order in which the audience sees the queue', () => {
  const all = [
    question('1', 1, 'answered', { votes: 9 }), question('2', 1, 'approved', { votes: 2 }), question('3', 1, 'approved', { votes: 5 }), question('4', 1, 'answering', { votes: 1 }),
    question('5', 1, 'pending'), question('6', 1, 'approved', { votes: 5 }), question('7', 1, 'approved', { votes: 7, mergedIntoId: id('3') }),
  ];
  it.each<[Sorting, string]>([
    // Of as many votes, the one asked first; what is answered comes after what waits, however many voted for it.
    ['votes', '4736251'],
    ['newest', '4765321'],
    ['unanswered', '43625'],
  ])('by %s has what is on air first', (sorting, order) => {
    expect(sortQuestions(all, sorting).map(({ text }) => text.slice(-1)).join('')).toBe(order);
  });
});
