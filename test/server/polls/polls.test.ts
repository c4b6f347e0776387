import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BallotBox } from '../../../server/models/polls/ballotBox.js';
import { Poll } from '../../../server/models/polls/poll.js';
import { Restriction } from '../../../server/models/moderation/restriction.js';
import { Workshop } from '../../../server/models/workshop.js';
import { polls, type PollDraft, type PollFacts, type PollState, type PollView } from '../../../shared/contracts/live/polls.js';
import { moderation } from '../../../shared/contracts/moderation.js';
import { workshops, type WorkshopView } from '../../../shared/contracts/workshops.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { dataOf, endTicket, publish, ticketHolder } from '../workshops/aWorkshop.js';
import { choose, draftOf } from './aPoll.js';

const notFound = { ok: false, failure: { code: 'workshop.not_found', data: {} } };
const pollNotFound = { ok: false, failure: { code: 'poll.not_found', data: {} } };
const wrongState = (state: PollState) => ({ ok: false, failure: { code: 'poll.wrong_state', data: { state } } });

describe('polls', () => {
  let house: House;
  let workshop: WorkshopView;
  let host: Guest;
  let organizer: Guest;
  let ada: Guest;
  let bob: Guest;
  beforeAll(async () => {
    house = await openHouse();
    ({ workshop, host, organizer } = await publish(house));
    [ada, bob] = [await ticketHolder(house, workshop.id), await ticketHolder(house, workshop.id)];
    for (const guest of [host, organizer, ada, bob]) dataOf(await guest.call(workshops.enter, { workshopId: workshop.id }));
  });
  afterAll(() => house.close());
  beforeEach(async () => {
    await Poll.deleteMany({});
    await BallotBox.deleteMany({});
  });

  const at = (poll: { id: string }) => ({ workshopId: workshop.id, pollId: poll.id });
  const draft = async (changes: Partial<PollDraft> = {}): Promise<PollFacts> => dataOf(await host.call(polls.create, { workshopId: workshop.id, clientPollId: randomUUID(), draft: draftOf(changes) }));
  const launch = async (changes: Partial<PollDraft> = {}): Promise<PollFacts> => dataOf(await host.call(polls.launch, at(await draft(changes))));
  const vote = (guest: Guest, poll: { id: string }, ...choice: Parameters<typeof choose>) => guest.call(polls.vote, { ...at(poll), ...choose(...choice) });
  const listed = async (guest: Guest, poll: { id: string }): Promise<PollView | undefined> => dataOf(await guest.call(polls.list, { workshopId: workshop.id })).find(({ id }) => id === poll.id);

  /** Every step from every state: where it leads, for a host; and that nobody else may take it. */
  const moves: { step: 'edit' | 'remove' | 'launch' | 'close' | 'reopen' | 'showResults' | 'vote'; leads: Partial<Record<PollState, PollState | 'gone'>> }[] = [
    { step: 'edit', leads: { draft: 'draft' } },
    { step: 'remove', leads: { draft: 'gone' } },
    { step: 'launch', leads: { draft: 'open', open: 'open' } },
    { step: 'close', leads: { open: 'closed', closed: 'closed' } },
    { step: 'reopen', leads: { closed: 'open', open: 'open' } },
    { step: 'showResults', leads: { open: 'open', closed: 'closed' } },
    { step: 'vote', leads: { open: 'open' } },
  ];
  it.each(moves)('$step: from each state, by everybody', async ({ step, leads }) => {
    const stranger = await house.guest();
    const elsewhere = await publish(house);
    const take = (guest: Guest, workshopId: string, { id: pollId }: PollFacts) => {
      const input = { workshopId, pollId };
      if (step === 'edit') return guest.call(polls.edit, { ...input, draft: draftOf() });
      if (step === 'showResults') return guest.call(polls.showResults, { ...input, isShown: true });
      return step === 'vote' ? guest.call(polls.vote, { ...input, ...choose([0]) }) : guest.call(polls[step], input);
    };
    for (const state of ['draft', 'open', 'closed'] as const) {
      const poll = state === 'draft' ? await draft() : await launch();
      if (state === 'closed') dataOf(await host.call(polls.close, at(poll)));
      const before = JSON.stringify([await Poll.findById(poll.id).lean(), await BallotBox.find({ pollId: poll.id }).lean()]);
      for (const guest of [stranger, elsewhere.host, ...(step === 'vote' ? [] : [ada])]) expect(await take(guest, workshop.id, poll)).toEqual(notFound);
      expect(await take(elsewhere.host, elsewhere.workshop.id, poll)).toEqual(pollNotFound);
      if (step === 'vote' && state === 'draft') expect(await take(ada, workshop.id, poll)).toEqual(pollNotFound);
      expect(JSON.stringify([await Poll.findById(poll.id).lean(), await BallotBox.find({ pollId: poll.id }).lean()])).toBe(before);

      const reply = await take(step === 'vote' && state !== 'draft' ? ada : host, workshop.id, poll);
      expect(reply).toMatchObject(leads[state] ? { ok: true } : wrongState(state));
      expect((await Poll.findById(poll.id).lean())?.state ?? 'gone').toBe(leads[state] ?? state);
      // Again, as a retry or by another host: nothing more happens.
      if (leads[state] && step !== 'remove' && step !== 'edit' && step !== 'vote') expect(await take(organizer, workshop.id, poll)).toEqual(reply);
    }
  });

  it('are drafted unseen, told when launched, and listed alike', async () => {
    const poll = await draft();
    expect(await listed(ada, poll)).toBeUndefined();
    expect(await listed(organizer, poll)).toMatchObject({ state: 'draft', version: 1 });
    dataOf(await host.call(polls.launch, at(poll)));
    const ofPoll = async (guest: Guest) => (await guest.heard(polls.changed)).filter(({ id }) => id === poll.id).map(({ state, version }) => [state, version]);
    expect(await ofPoll(organizer)).toEqual([['draft', 1], ['open', 2]]);
    expect(await ofPoll(ada)).toEqual([['open', 2]]);
    expect(await listed(ada, poll)).toMatchObject({ state: 'open', mine: null });
  });

  it('are created once, however often it is asked', async () => {
    const input = { workshopId: workshop.id, clientPollId: randomUUID(), draft: draftOf() };
    const replies = await Promise.all(Array.from({ length: 4 }, () => host.call(polls.create, input)));
    expect(new Set(replies.map((reply) => dataOf(reply).id)).size).toBe(1);
  });

  it('take votes of each kind, and only choices that they offer', async () => {
    const cases: { changes: Partial<PollDraft>; good: [number[], string?][]; bad: [number[], string?][]; points: number[]; answers?: { text: string; count: number }[] }[] = [
      { changes: { kind: 'single' }, good: [[[0]], [[2]]], bad: [[[0, 1]], [[3]], [[], 'Both']], points: [1, 0, 1] },
      { changes: { kind: 'multiple' }, good: [[[0, 2]], [[2]]], bad: [[[0, 3]], [[0], 'also']], points: [1, 0, 2] },
      { changes: { kind: 'ranking' }, good: [[[2, 0, 1]], [[2, 1, 0]]], bad: [[[2, 0]], [[2, 0, 3]]], points: [1, 1, 4] },
      { changes: { kind: 'text', options: [] }, good: [[[], ' Vim '], [[], 'vim']], bad: [[[0]], [[0], 'vim']], points: [], answers: [{ text: 'Vim', count: 2 }] },
    ];
    for (const { changes, good, bad, points, answers = [] } of cases) {
      const poll = await launch({ ...changes, resultsShown: true });
      for (const choice of bad) expect(await vote(ada, poll, ...choice)).toEqual({ ok: false, failure: { code: 'poll.wrong_choice', data: {} } });
      expect(await listed(ada, poll)).toMatchObject({ results: { voters: 0, casts: 0 }, mine: null });
      dataOf(await vote(ada, poll, ...(good[0] ?? [[]])));
      dataOf(await vote(bob, poll, ...(good[1] ?? [[]])));
      expect(await listed(ada, poll)).toMatchObject({ results: { voters: 2, points, answers, casts: 2 }, mine: { turn: 1 } });
    }
  });

  it('let a vote be changed and taken back; a cast that is sent again changes nothing, open or closed', async () => {
    const poll = await launch({ resultsShown: true });
    const first = { ...at(poll), ...choose([0]) };
    dataOf(await ada.call(polls.vote, first));
    expect(dataOf(await vote(ada, poll, [1]))).toEqual({ choice: { options: [1], text: '' }, turn: 2 });
    expect(dataOf(await ada.call(polls.vote, first))).toEqual({ choice: { options: [1], text: '' }, turn: 2 });
    expect((await listed(bob, poll))?.results).toEqual({ voters: 1, points: [0, 1, 0], answers: [], casts: 2 });
    dataOf(await vote(ada, poll, []));
    expect((await listed(bob, poll))?.results).toMatchObject({ voters: 0, points: [0, 0, 0], casts: 3 });
    dataOf(await host.call(polls.close, at(poll)));
    expect(await vote(ada, poll, [2])).toEqual(wrongState('closed'));
    expect(dataOf(await ada.call(polls.vote, first))).toMatchObject({ turn: 3, choice: { options: [] } });
  });

  it('show results to the audience only while a host shows them: live, in the list, and one by one never', async () => {
    const poll = await launch();
    const counted = async (guest: Guest) => (await guest.heard(polls.counted)).filter(({ pollId }) => pollId === poll.id).map(({ results }) => results.voters);
    dataOf(await vote(ada, poll, [0]));
    await house.app.deps.soon.drain();
    expect(await counted(host)).toEqual([1]);
    expect(await counted(bob)).toEqual([]);
    expect(await listed(bob, poll)).toMatchObject({ results: null });
    expect(await listed(host, poll)).toMatchObject({ results: { points: [1, 0, 0] } });

    dataOf(await host.call(polls.showResults, { ...at(poll), isShown: true }));
    expect(await listed(bob, poll)).toMatchObject({ results: { points: [1, 0, 0] } });
    dataOf(await vote(bob, poll, [1]));
    await house.app.deps.soon.drain();
    expect(await counted(bob)).toEqual([2]);
    dataOf(await host.call(polls.showResults, { ...at(poll), isShown: false }));
    expect((await bob.heard(polls.changed)).filter(({ id }) => id === poll.id).map(({ results }) => results?.voters ?? null)).toEqual([null, 1, null]);
    expect(await bob.ask(polls.export, at(poll))).toEqual(notFound);
    expect(await table(poll)).toEqual([['question', 'person', 'choice'], ...byName([poll.question, ada.name, poll.options[0]], [poll.question, bob.name, poll.options[1]])]);
  });
  /** What hosts are given of a poll's votes, row by row. */
  const table = async (poll: { id: string }): Promise<string[][]> => {
    const { text } = dataOf(await organizer.ask(polls.export, at(poll)));
    return text.slice(1).trimEnd().split('\r\n').map((row) => row.split(',').map((cell) => cell.replace(/^"|"$/g, '')));
  };
  const byName = (...rows: (string | undefined)[][]) => rows.toSorted(([, one = ''], [, other = '']) => one.localeCompare(other));

  it('are had as a table by hosts: what was chosen of each kind, whose it was where it is known, and nothing that runs', async () => {
    const options = ['=2+3', 'Bees', 'Cows'];
    const [multiple, ranking, words, quiz] = [
      await launch({ kind: 'multiple', options, isAnonymous: true }), await launch({ kind: 'ranking', options }), await launch({ kind: 'text', options: [], question: '+ or -' }), await launch({ options, right: [1] }),
    ];
    const casts = [[multiple, [0, 2], [1]], [ranking, [2, 0, 1], [0, 1, 2]], [quiz, [1], [0]]] as const;
    for (const [poll, first, second] of casts) for (const [guest, chosen] of [[ada, first], [bob, second]] as const) dataOf(await vote(guest, poll, [...chosen]));
    dataOf(await vote(ada, words, [], '@SUM(A1)'));
    dataOf(await vote(bob, words, [], 'Vim'));
    dataOf(await vote(bob, words, []));
    const rows = (poll: PollFacts, ofAda: string[], ofBob: string[]) => byName([poll.question, ada.name, ...ofAda], [poll.question, bob.name, ...ofBob]);
    const guarded = "'=2+3";
    expect(await table(multiple)).toEqual([['question', guarded, 'Bees', 'Cows'], [multiple.question, '0', '1', '0'], [multiple.question, '1', '0', '1']]);
    expect(await table(ranking)).toEqual([['question', 'person', guarded, 'Bees', 'Cows'], ...rows(ranking, ['2', '3', '1'], ['1', '2', '3'])]);
    expect(await table(words)).toEqual([['question', 'person', 'answer'], ["'+ or -", ada.name, "'@SUM(A1)"]]);
    expect(await table(quiz)).toEqual([['question', 'person', 'choice', 'right'], ...rows(quiz, ['Bees', '1'], [guarded, '0'])]);
  });

  it('reveal a quiz when it is closed, and not before; then it stays closed', async () => {
    const quiz = await launch({ right: [1], resultsShown: true });
    dataOf(await vote(ada, quiz, [1]));
    expect(await listed(ada, quiz)).toMatchObject({ isQuiz: true, right: null });
    expect(await listed(host, quiz)).toMatchObject({ right: [1] });
    dataOf(await host.call(polls.close, at(quiz)));
    expect((await ada.heard(polls.changed)).filter(({ id }) => id === quiz.id).map(({ right }) => right)).toEqual([null, [1]]);
    expect(await listed(ada, quiz)).toMatchObject({ right: [1], mine: { choice: { options: [1] } } });
    expect(await host.call(polls.reopen, at(quiz))).toEqual(wrongState('closed'));
  });

  it('keep who voted apart from what, where they are anonymous', async () => {
    const poll = await launch({ isAnonymous: true });
    dataOf(await vote(ada, poll, [2]));
    dataOf(await vote(bob, poll, [0]));
    dataOf(await vote(ada, poll, [1]));
    expect(await table(poll)).toEqual([['question', 'choice'], [poll.question, 'Spaces'], [poll.question, 'Tabs']]);
    expect(await listed(ada, poll)).toMatchObject({ mine: { choice: { options: [1] }, turn: 2 } });
    expect(await listed(host, poll)).toMatchObject({ mine: null });
    // What the hosts were told, and what is stored of the votes, names nobody and no time.
    const told = JSON.stringify([await host.heard(polls.changed), await host.heard(polls.counted)].flat().filter((one) => 'id' in one ? one.id === poll.id : one.pollId === poll.id));
    const stored = JSON.stringify(await BallotBox.find({ pollId: poll.id }).lean());
    for (const guest of [ada, bob]) for (const text of [told, stored]) expect(text).not.toContain(guest.id);
    expect(stored).not.toMatch(/\d{4}-\d\d-\d\dT/);
  });

  it('take no words from one who may not speak, but still their choice', async () => {
    const [words, choice] = [await launch({ kind: 'text', options: [] }), await launch()];
    const eve = await ticketHolder(house, workshop.id);
    dataOf(await host.call(moderation.restrict, { clientRestrictionId: randomUUID(), kind: 'timeout', memberId: eve.id, roomId: workshop.roomId, minutes: 5, reason: 'Spam' }));
    expect(await Restriction.countDocuments({ memberId: eve.id })).toBe(1);
    expect(await vote(eve, words, [], 'More spam')).toMatchObject({ ok: false, failure: { code: 'member.timed_out' } });
    dataOf(await vote(eve, choice, [0]));
  });

  it('take no vote once the workshop is over, though nobody closed them; one that was sent in time is answered again', async () => {
    const poll = await launch();
    const cast = { ...at(poll), ...choose([0]) };
    dataOf(await ada.call(polls.vote, cast));
    await Workshop.updateOne({ _id: workshop.id }, { $set: { state: 'ended' } });
    expect(await vote(bob, poll, [1])).toEqual({ ok: false, failure: { code: 'workshop.wrong_state', data: { state: 'ended' } } });
    expect(await vote(ada, poll, [2])).toMatchObject({ ok: false, failure: { code: 'workshop.wrong_state' } });
    expect(dataOf(await ada.call(polls.vote, cast))).toMatchObject({ turn: 1, choice: { options: [0] } });
    await Workshop.updateOne({ _id: workshop.id }, { $set: { state: workshop.state } });
    dataOf(await vote(bob, poll, [1]));
  });

  it('close for good even where a closing was cut off: no vote comes in between', async () => {
    const poll = await launch();
    dataOf(await vote(ada, poll, [0]));
    // What a node leaves that is killed after the seals and before the poll says so.
    await BallotBox.turn((await BallotBox.findOne({ pollId: poll.id }).orFail().lean()).pollId, false, poll.version + 1);
    expect(await vote(bob, poll, [0])).toEqual(wrongState('closed'));
    expect(await listed(ada, poll)).toMatchObject({ state: 'closed' });
    expect((await ada.heard(polls.changed)).filter(({ id }) => id === poll.id).at(-1)).toMatchObject({ state: 'closed' });
    dataOf(await host.call(polls.reopen, at(poll)));
    dataOf(await vote(bob, poll, [0]));
  });

  it('are told by another node where the one that took the vote, or the step, was killed before it told', async () => {
    const poll = await launch({ resultsShown: true });
    const stored = await Poll.findById(poll.id).orFail().lean();
    await BallotBox.cast({ pollId: stored._id, voter: ada.id }, randomUUID(), { options: [2], text: '' });
    await house.app.deps.pollNews.repair();
    expect((await bob.next(polls.counted, ({ pollId }) => pollId === poll.id)).results).toMatchObject({ points: [0, 0, 1] });
    await Poll.change(stored, { question: 'And now?' }, new Date(Date.now() - 10_000));
    await house.app.deps.pollNews.repair();
    expect(await bob.next(polls.changed, ({ id, version }) => id === poll.id && version === poll.version + 1)).toMatchObject({ question: 'And now?' });
    // What was told is not told again.
    const before = (await bob.heard(polls.changed)).length;
    await house.app.deps.pollNews.repair();
    expect(await bob.heard(polls.changed)).toHaveLength(before);
  });

  it('say nothing more to one whose right has ended', async () => {
    const poll = await launch({ resultsShown: true });
    const eve = await ticketHolder(house, workshop.id);
    dataOf(await eve.call(workshops.enter, { workshopId: workshop.id }));
    dataOf(await vote(eve, poll, [0]));
    await house.app.deps.soon.drain();
    const told = async (guest: Guest) => [await guest.heard(polls.changed), await guest.heard(polls.counted), await guest.heard(polls.voted)].map(({ length }) => length);
    const [before, others] = [await told(eve), await told(bob)];
    await endTicket(house, eve, workshop.id);
    expect(await vote(eve, poll, [1])).toEqual(notFound);
    expect(await eve.call(polls.list, { workshopId: workshop.id })).toEqual(notFound);
    dataOf(await vote(ada, poll, [1]));
    await house.app.deps.soon.drain();
    dataOf(await host.call(polls.close, at(poll)));
    expect(await told(eve)).toEqual(before);
    expect(await told(bob)).not.toEqual(others);
  });
});
