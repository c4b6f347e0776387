/** Moderation over two nodes, on a real Redis: what one decides holds on the other, and of what both see one acts. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { chat } from '../../../shared/contracts/chat.js';
import { moderation } from '../../../shared/contracts/moderation.js';
import { questions } from '../../../shared/contracts/live/questions.js';
import { rights } from '../../../shared/contracts/rights.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import { limits } from '../../../shared/limits.js';
import { Attendance } from '../../../server/models/attendance/stay.js';
import { AuditEntry } from '../../../server/models/moderation/auditEntry.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { startRedis } from '../../support/processes.js';
import { openChatHouse, say, type ChatHouse } from '../chat/chatHouse.js';
import { codeOf, dataOf } from '../members/browser.js';
import { publish, ticketHolder } from '../workshops/aWorkshop.js';

let redis: Awaited<ReturnType<typeof startRedis>>;
let here: ChatHouse;
let beside: House;
let clock = 0;
beforeEach(async () => {
  clock = Date.now();
  redis = await startRedis();
  const now = (): Date => new Date(clock);
  here = await openChatHouse({ redisUrl: redis.url, now });
  beside = await openHouse({ beside: here.house, redisUrl: redis.url, now });
});
afterEach(async () => {
  await beside.close();
  await here.house.close();
  await redis.stop();
});

const restriction = (member: Guest) => ({ clientRestrictionId: randomUUID(), memberId: member.id, reason: 'Spam' });

describe('two nodes', () => {
  it('put a banned member out of room and workshop on the other node, and let them in again on both', async () => {
    const { house, general } = here;
    const { workshop, host } = await publish(house);
    const holder = await ticketHolder(house, workshop.id);
    const there = await beside.guest({ as: holder });
    for (const roomId of [general, workshop.roomId]) dataOf(await there.call(chat.join, { roomId }));
    dataOf(await there.call(workshops.enter, { workshopId: workshop.id }));
    const moderator = await house.guest({ role: 'moderator' });
    const ban = dataOf(await moderator.call(moderation.restrict, { ...restriction(holder), kind: 'ban', roomId: null, minutes: null }));

    expect(await there.next(rights.leftWorkshop)).toEqual({ workshopId: workshop.id, reason: 'banned' });
    for (const roomId of [general, workshop.roomId]) expect(await there.next(rights.leftRoom, (left) => left.roomId === roomId)).toMatchObject({ reason: 'banned' });
    expect(await there.next(moderation.restricted)).toMatchObject({ kind: 'ban', roomId: null, isOver: false });
    expect(codeOf(await there.call(chat.history, { roomId: general }))).toBe('room.not_found');
    expect(codeOf(await there.call(questions.list, { workshopId: workshop.id }))).toBe('workshop.not_found');
    dataOf(await moderator.call(chat.send, say(general, 'Without them')));
    expect(await there.heard(chat.posted, house.app.deps)).toEqual([]);
    expect(dataOf(await host.call(chat.here, { roomId: workshop.roomId })).people).toEqual([]);
    await vi.waitFor(async () => expect(await Attendance.countDocuments({ memberId: holder.id, leftAt: null })).toBe(0));

    dataOf(await moderator.call(moderation.lift, { restrictionId: ban.id }));
    expect(await there.next(moderation.restricted, ({ isOver }) => isOver)).toMatchObject({ kind: 'ban' });
    expect((await there.call(chat.join, { roomId: general })).ok).toBe(true);
  });

  it('end a timeout on the node that knew of none', async () => {
    const { house, general } = here;
    const moderator = await house.guest({ role: 'moderator' });
    const there = await beside.guest();
    dataOf(await there.call(chat.send, say(general, 'Known here as free to speak')));
    dataOf(await moderator.call(moderation.restrict, { ...restriction(there), kind: 'timeout', roomId: general, minutes: 1 }));
    expect(await there.next(moderation.restricted)).toMatchObject({ kind: 'timeout', isOver: false });
    expect(codeOf(await there.call(chat.send, say(general, 'And now?')))).toBe('member.timed_out');
    clock += 60_000;
    expect((await there.call(chat.send, say(general, 'Free again'))).ok).toBe(true);
  });

  it('share the turns of a slow room', async () => {
    const { house, general } = here;
    const moderator = await house.guest({ role: 'moderator' });
    const alice = await house.guest();
    const there = await beside.guest({ as: alice });
    dataOf(await moderator.call(moderation.setMode, { roomId: general, mode: { kind: 'slow', seconds: 600 } }));
    const tries = await Promise.all(Array.from({ length: 10 }, (_none, index) => (index % 2 ? alice : there).call(chat.send, say(general, `Number ${index}`))));
    expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
    expect(new Set(tries.filter(({ ok }) => !ok).map(codeOf))).toEqual(new Set(['room.slow']));
    const said = dataOf(await alice.call(chat.history, { roomId: general })).messages[0];
    // A retry of the one that was said is a read, on the other node, too.
    for (const guest of [alice, there]) expect(dataOf(await guest.call(chat.send, { ...say(general, 'Again'), clientMessageId: said?.clientMessageId ?? '' })).id).toBe(said?.id);
  });

  it('know of a mode at once, though the other has just read the room', async () => {
    const { house, general } = here;
    const moderator = await house.guest({ role: 'moderator' });
    const there = await beside.guest();
    dataOf(await there.call(chat.join, { roomId: general }));
    const setMode = async (kind: 'read_only' | 'normal') => {
      dataOf(await moderator.call(moderation.setMode, { roomId: general, mode: { kind } }));
      await there.next(moderation.modeChanged, ({ mode }) => mode.mode.kind === kind);
    };
    dataOf(await there.call(chat.send, say(general, 'Before')));
    await setMode('read_only');
    expect(codeOf(await there.call(chat.send, say(general, 'Meanwhile')))).toBe('room.read_only');
    await setMode('normal');
    dataOf(await there.call(chat.send, say(general, 'After')));
  });

  it('see one crowd, and make the room slow once', { timeout: 60_000 }, async () => {
    const { house, general } = here;
    const crowd = await Promise.all(Array.from({ length: limits.crowdPeople + 1 }, (_none, index) => (index % 2 ? house : beside).guest()));
    for (const guest of crowd) dataOf(await guest.call(chat.join, { roomId: general }));
    // Each node stores half of it, and less than makes a crowd.
    const speakUp = (count: number) => Promise.all(Array.from({ length: count }, async (_none, index) => crowd[index % crowd.length]?.call(chat.send, say(general, 'Me!'))));
    await speakUp(2);
    clock += 2_000;
    await speakUp(limits.crowdMessages);
    clock += 2_000;
    await speakUp(2);
    for (const guest of crowd.slice(0, 2)) expect((await guest.next(moderation.modeChanged)).mode).toMatchObject({ isAutomatic: true, mode: { kind: 'slow' } });
    await vi.waitFor(async () => expect(await AuditEntry.countDocuments({ roomId: general, byId: null })).toBe(1));
    for (const guest of crowd.slice(0, 2)) for (const node of [house, beside]) expect(await guest.heard(moderation.modeChanged, node.app.deps)).toHaveLength(1);
  });
});
