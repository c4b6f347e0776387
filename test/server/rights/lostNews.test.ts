/** A right ends though the news of it was lost: every connection is judged again by itself, before long. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Grant } from '../../../server/models/grant.js';
import { chat } from '../../../shared/contracts/chat.js';
import { rights } from '../../../shared/contracts/rights.js';
import { openChatHouse, outcomeOf, say, type ChatHouse } from '../chat/chatHouse.js';
import { dataOf } from '../members/browser.js';
import { roomFor } from '../realtime/place.js';

let here: ChatHouse;
beforeAll(async () => {
  here = await openChatHouse();
});
afterAll(() => here.house.close());

// Every ten seconds one has its turn while there are few, the first one first.
it('takes out whoever lost their right unheard, and nobody else', { timeout: 60_000 }, async () => {
  const roomId = await roomFor('supporter', 1);
  const [leaving, staying] = [await here.house.guest({ tier: 'supporter' }), await here.house.guest({ tier: 'supporter' })];
  for (const guest of [leaving, staying]) dataOf(await guest.call(chat.join, { roomId }));
  await Grant.updateOne({ memberId: leaving.id }, { $set: { endsAt: new Date(Date.now() - 60_000), endReason: 'withdrawn' } });
  await expect.poll(() => leaving.heard(rights.leftRoom), { timeout: 50_000, interval: 500 }).toEqual([{ roomId, reason: null }]);

  const said = dataOf(await staying.call(chat.send, say(roomId, 'Still here')));
  expect(await staying.next(chat.posted, ({ messages }) => messages[0]?.id === said.id)).toMatchObject({ roomId });
  expect(await leaving.heard(chat.posted)).toEqual([]);
  expect(outcomeOf(await leaving.call(chat.history, { roomId }))).toBe('room.not_found');
  expect(await staying.heard(rights.leftRoom)).toEqual([]);
});
