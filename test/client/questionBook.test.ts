import { describe, expect, it } from 'vitest';
import { byAge, emptyBook, hear, relist, withdraw } from '../../client/questions/questionBook.js';
import type { QuestionState, QuestionView } from '../../shared/contracts/questions.js';

const id = (digit: string) => digit.repeat(24);

function question(digit: string, version: number, state: QuestionState = 'approved'): QuestionView {
  return {
    id: id(digit), workshopId: id('f'), clientQuestionId: '6f1c9f6e-5a52-4a52-9a52-0c7e6ad4b001', asker: { id: id('e'), name: 'Ana', role: 'member' },
    text: `question ${digit}`, state, version, askedAt: `2026-11-23T10:00:0${digit}.000Z`, answeringAt: null, answeredAt: null,
  };
}

const states = (book: Parameters<typeof byAge>[0]) => byAge(book).map(({ text, state }) => `${text} ${state}`);

describe('the questions a client knows', () => {
  it('keeps the newest version of each, whatever the order of the news', () => {
    const book = [question('1', 3, 'answered'), question('1', 2, 'answering'), question('2', 1, 'pending')].reduce(hear, emptyBook);
    expect(states(book)).toEqual(['question 1 answered', 'question 2 pending']);
  });

  it('does not bring a withdrawn question back by older news, but by newer', () => {
    const gone = withdraw(hear(emptyBook, question('1', 2)), { questionId: id('1'), version: 3 });
    expect(states(hear(gone, question('1', 2)))).toEqual([]);
    expect(states(hear(gone, question('1', 4)))).toEqual(['question 1 approved']);
  });

  it('does not withdraw what has moved on since', () => {
    expect(states(withdraw(hear(emptyBook, question('1', 5)), { questionId: id('1'), version: 4 }))).toEqual(['question 1 approved']);
  });

  it('drops what a whole list no longer has, and keeps what is newer than the list', () => {
    const before = [question('1', 2, 'answering'), question('2', 1)].reduce(hear, emptyBook);
    expect(states(relist(before, [question('1', 1)]))).toEqual(['question 1 answering']);
  });
});
