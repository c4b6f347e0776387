/** Polls and steps over two nodes, on a real Redis: whatever comes in between, the totals are the set of votes. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { polls, type Choice, type PollView } from '../../../shared/contracts/live/polls.js';
import { steps } from '../../../shared/contracts/live/steps.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { startRedis } from '../../support/processes.js';
import { createRandom } from '../../support/random.js';
import { dataOf, publish, ticketHolder, type Published } from '../workshops/aWorkshop.js';
import { choose, draftOf, stepsOf } from './aPoll.js';

let redis: Awaited<ReturnType<typeof startRedis>>;
let here: House;
let there: House;
let published: Published;
/** Each member has a connection to both nodes. */
let members: { id: string; at: [Guest, Guest] }[];
beforeAll(async () => {
  redis = await startRedis();
  here = await openHouse({ redisUrl: redis.url });
  there = await openHouse({ beside: here, redisUrl: redis.url });
  published = await publish(here);
  members = [];
  for (let left = 6; left > 0; left -= 1) {
    const guest = await ticketHolder(here, published.workshop.id);
    members.push({ id: guest.id, at: [guest, await there.guest({ as: guest })] });
  }
  for (const guest of [published.host, ...members.flatMap(({ at }) => at)]) dataOf(await guest.call(workshops.enter, { workshopId: published.workshop.id }));
});
afterAll(async () => {
  await there.close();
  await here.close();
  await redis.stop();
});

const listed = async (guest: Guest, pollId: string): Promise<PollView> => {
  const found = dataOf(await guest.call(polls.list, { workshopId: published.workshop.id })).find(({ id }) => id === pollId);
  if (!found) throw new Error('the poll is not listed');
  return found;
};

describe('two nodes', () => {
  it.each([1, 2, 3])('count exactly the votes that stand, whatever comes in between (seed %i)', async (seed) => {
    const random = createRandom(seed);
    const pick = (size: number): number => Math.floor(random.between(0, size));
    const { host, workshop } = published;
    const { id: pollId } = dataOf(await host.call(polls.create, { workshopId: workshop.id, clientPollId: randomUUID(), draft: draftOf({ resultsShown: true, isAnonymous: seed % 2 === 0 }) }));
    const at = { workshopId: workshop.id, pollId };
    dataOf(await host.call(polls.launch, at));

    /** What each member was last told that their vote is: the answer with the highest turn. */
    const standing = new Map<string, { choice: Choice; turn: number }>();
    const storm = members.flatMap((member) =>
      Array.from({ length: 6 }, async () => {
        const input = { ...at, ...choose(pick(4) === 0 ? [] : [pick(3)]) };
        // Some are sent twice, once to each node, as after a lost answer.
        const nodes = pick(3) === 0 ? [0, 1] : [pick(2)];
        for (const reply of await Promise.all(nodes.map((node) => (member.at[node] ?? member.at[0]).call(polls.vote, input)))) {
          if (!reply.ok) expect(reply.failure.code).toBe('poll.wrong_state');
          else if (reply.data.turn > (standing.get(member.id)?.turn ?? 0)) standing.set(member.id, reply.data);
        }
      }),
    );
    // In the midst of it the host closes the poll; from the answer on nothing changes any more.
    const closed = await host.call(polls.close, at).then(dataOf);
    await Promise.all(storm);

    const votes = [...standing.values()].filter(({ choice }) => choice.options.length > 0);
    const points = [0, 1, 2].map((option) => votes.filter(({ choice }) => choice.options[0] === option).length);
    expect(closed.results).toMatchObject({ voters: votes.length, points });
    for (const member of members) {
      for (const guest of member.at) expect(await listed(guest, pollId)).toMatchObject({ state: 'closed', results: closed.results, mine: standing.get(member.id) ?? null });
    }
    // What was told last on the other node says the same.
    for (const house of [here, there]) await house.app.deps.soon.drain();
    const [{ at: [, other] } = { at: [host, host] }] = members;
    await other.heard(polls.counted, here.app.deps);
    const told = (await other.heard(polls.changed, there.app.deps)).filter(({ id }) => id === pollId).at(-1);
    expect(told).toMatchObject({ state: 'closed', results: closed.results });
  });

  it('tell hosts of marks on the other, and the member that they were helped', async () => {
    const { host, workshop } = published;
    const [{ at: [own, far] } = { at: [host, host] }] = members;
    const [step] = dataOf(await host.call(steps.save, { workshopId: workshop.id, version: 0, steps: stepsOf('Clone') })).steps;
    const at = { workshopId: workshop.id, stepId: step?.id ?? '' };
    dataOf(await far.call(steps.mark, { ...at, clientMarkId: randomUUID(), state: 'stuck', note: 'Where?' }));
    expect(await host.next(steps.counted, ({ queue }) => queue.length === 1)).toMatchObject({ queue: [{ person: { id: own.id }, note: 'Where?' }] });
    dataOf(await host.call(steps.markHelped, { ...at, memberId: own.id }));
    expect(await far.next(steps.marked, ({ mark }) => mark.state === 'helped')).toMatchObject({ mark: { stepId: at.stepId, version: 2 } });
  });
});
