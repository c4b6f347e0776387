/** The other half of the access matrix: every push, and who of all people hears it. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrackView } from '../../../shared/contracts/live/stage.js';
import { audience } from '../../../shared/contracts/live/audience.js';
import { chat } from '../../../shared/contracts/chat.js';
import { community } from '../../../shared/contracts/community.js';
import type { Push } from '../../../shared/define.js';
import { members } from '../../../shared/contracts/members.js';
import { memberships } from '../../../shared/contracts/memberships/memberships.js';
import { prices } from '../../../shared/contracts/memberships/prices.js';
import { ledger } from '../../../shared/contracts/money/ledger.js';
import { messages } from '../../../shared/contracts/messages.js';
import { onStage } from '../../../shared/contracts/live/onStage.js';
import { presence } from '../../../shared/contracts/presence.js';
import { moderation } from '../../../shared/contracts/moderation.js';
import { polls } from '../../../shared/contracts/live/polls.js';
import { questions } from '../../../shared/contracts/live/questions.js';
import { reading } from '../../../shared/contracts/reading.js';
import { rights } from '../../../shared/contracts/rights.js';
import { rooms } from '../../../shared/contracts/rooms.js';
import { stage } from '../../../shared/contracts/live/stage.js';
import { steps } from '../../../shared/contracts/live/steps.js';
import { tickets } from '../../../shared/contracts/tickets.js';
import { tiers } from '../../../shared/contracts/tiers.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import { dataOf, endTicket, ticketHolder, workshopForm } from '../workshops/aWorkshop.js';
import { choose, draftOf } from '../polls/aPoll.js';
import { allPushes } from './allContracts.js';
import { launchIn, openCast, people, type Cast, type PersonName, type Place } from './cast.js';

interface Row {
  push: Push;
  /** What happens, in words. */
  when: string;
  happens(cast: Cast): Promise<unknown>;
  hears: readonly PersonName[];
}

const inside: readonly PersonName[] = ['holder', 'host', 'organizer'];
const hosts: readonly PersonName[] = ['host', 'organizer'];

const workshopId = (cast: Cast): string => cast.own.workshop.id;
const question = (cast: Cast) => ({ workshopId: workshopId(cast), questionId: cast.own.questionId });
const track = (cast: Cast): TrackView => ({ id: 'one', person: { id: cast.guests.host.id, name: cast.guests.host.name, role: 'host' }, kind: 'video', source: 'camera', paused: false });
const say = (cast: Cast, roomId: string, threadId: string | null = null) => cast.guests.organizer.call(chat.send, { roomId, threadId, clientMessageId: randomUUID(), text: 'Hello' });
const reactIn = (cast: Cast, { workshop, messageId }: Place, name: PersonName) =>
  cast.guests[name].call(messages.react, { roomId: workshop.roomId, messageId, emoji: '🎉', isOn: true }).then(dataOf);

/** Speaks, and waits until one of those who may hear the room's bell has heard it; then the others have, too. */
async function ring(cast: Cast, roomId: string, hearer: PersonName): Promise<void> {
  const { seq } = dataOf(await say(cast, roomId));
  await cast.guests[hearer].next(reading.rang, (rang) => rang.roomId === roomId && rang.lastSeq >= seq);
}

/** The host votes in a new poll, and hears its results; then the others who may have, too. */
async function votedIn(cast: Cast, resultsShown: boolean): Promise<void> {
  const { host } = cast.guests;
  const pollId = await launchIn(cast.own.workshop, host, resultsShown);
  dataOf(await host.call(polls.vote, { workshopId: workshopId(cast), pollId, ...choose([0]) }));
  await host.next(polls.counted, (told) => told.pollId === pollId);
}

/** The holder is done with the step, and the hosts' board says so. */
async function markedDone(cast: Cast): Promise<void> {
  const before = (await cast.guests.host.heard(steps.counted)).at(-1)?.moves ?? 0;
  const input = { workshopId: workshopId(cast), stepId: cast.own.stepId, clientMarkId: randomUUID(), state: 'done', note: '' } as const;
  dataOf(await cast.guests.holder.call(steps.mark, input));
  await cast.guests.host.next(steps.counted, ({ moves }) => moves > before);
}

/** The organizer calls everybody by name. */
const callAll = (cast: Cast, { roomId }: { roomId: string }) =>
  cast.guests.organizer.call(chat.send, { roomId, clientMessageId: randomUUID(), text: 'All of you', mentions: { memberIds: people.map((name) => cast.guests[name].id) } }).then(dataOf);

/** The organizer votes, and hears what everybody inside hears of it. */
async function vote(cast: Cast): Promise<void> {
  dataOf(await cast.guests.organizer.call(questions.vote, { ...question(cast), isOn: true }));
  await cast.guests.organizer.next(questions.voted);
}

const rows: Row[] = [
  { push: chat.posted, when: 'somebody speaks in the workshop’s room', happens: (cast) => say(cast, cast.own.workshop.roomId), hears: inside },
  { push: chat.posted, when: 'somebody speaks in a foreign room', happens: (cast) => say(cast, cast.foreign.workshop.roomId), hears: ['organizer'] },
  { push: chat.typed, when: 'the host writes', happens: (cast) => cast.guests.host.call(chat.typing, { roomId: cast.own.workshop.roomId }), hears: ['holder', 'organizer'] },
  { push: chat.posted, when: 'somebody answers in a thread', happens: (cast) => say(cast, cast.own.workshop.roomId, cast.own.messageId), hears: inside },
  { push: chat.posted, when: 'somebody answers in a foreign thread', happens: (cast) => say(cast, cast.foreign.workshop.roomId, cast.foreign.messageId), hears: ['organizer'] },
  { push: messages.changed, when: 'a message is reacted to', happens: (cast) => reactIn(cast, cast.own, 'host'), hears: inside },
  { push: messages.changed, when: 'a foreign message is reacted to', happens: (cast) => reactIn(cast, cast.foreign, 'organizer'), hears: ['organizer'] },
  { push: messages.myReactions, when: 'the holder reacts', happens: (cast) => reactIn(cast, cast.own, 'holder'), hears: ['holder'] },
  { push: reading.rang, when: 'somebody speaks in the workshop’s room', happens: (cast) => ring(cast, cast.own.workshop.roomId, 'holder'), hears: inside },
  { push: reading.rang, when: 'somebody speaks in a foreign room', happens: (cast) => ring(cast, cast.foreign.workshop.roomId, 'organizer'), hears: ['organizer'] },
  { push: reading.called, when: 'everybody is called in the workshop’s room', happens: (cast) => callAll(cast, cast.own.workshop), hears: ['holder', 'host'] },
  { push: reading.called, when: 'everybody is called in a foreign room', happens: (cast) => callAll(cast, cast.foreign.workshop), hears: [] },
  { push: reading.changed, when: 'the holder has read', happens: (cast) => cast.guests.holder.call(reading.markUnread, { roomId: cast.own.workshop.roomId, seq: 1 }), hears: ['holder'] },
  { push: presence.changed, when: 'the host is busy', happens: (cast) => cast.guests.host.call(presence.setStatus, { status: 'busy' }), hears: ['host'] },
  {
    push: chat.hereChanged,
    when: 'another comes in',
    async happens(cast) {
      const another = await ticketHolder(cast.house, workshopId(cast));
      dataOf(await another.call(chat.join, { roomId: cast.own.workshop.roomId }));
      await cast.guests.holder.next(chat.hereChanged, (here) => here.people.some((person) => person.id === another.id));
    },
    hears: inside,
  },
  {
    push: moderation.modeChanged,
    when: 'the room becomes slow',
    happens: (cast) => cast.guests.host.call(moderation.setMode, { roomId: cast.own.workshop.roomId, mode: { kind: 'slow', seconds: 5 } }),
    hears: inside,
  },
  {
    push: questions.changed,
    when: 'somebody asks',
    happens: (cast) => cast.guests.host.call(questions.ask, { workshopId: workshopId(cast), clientQuestionId: randomUUID(), text: 'What?' }),
    hears: hosts,
  },
  { push: questions.changed, when: 'the holder’s question is approved', happens: (cast) => cast.guests.host.call(questions.approve, question(cast)), hears: inside },
  { push: questions.voted, when: 'the organizer votes for it', happens: (cast) => vote(cast), hears: inside },
  {
    push: questions.myVote,
    when: 'the holder votes on another device',
    async happens(cast) {
      const device = await cast.house.guest({ as: cast.guests.holder });
      dataOf(await device.call(questions.vote, { ...question(cast), isOn: true }));
    },
    hears: ['holder'],
  },
  {
    push: questions.queueChanged,
    when: 'the host allows more questions',
    happens: (cast) => cast.guests.host.call(questions.setQueue, { workshopId: workshopId(cast), isModerated: true, openMax: 9 }).then(dataOf),
    hears: inside,
  },
  {
    push: questions.withdrawn,
    when: 'a question that was seen is dismissed',
    async happens(cast) {
      const seen = await ticketHolder(cast.house, workshopId(cast));
      dataOf(await seen.call(workshops.enter, { workshopId: workshopId(cast) }));
      dataOf(await cast.guests.host.call(questions.dismiss, question(cast)));
      expect(await seen.heard(questions.withdrawn)).toHaveLength(1);
    },
    // The asker and the hosts still see it, as dismissed.
    hears: [],
  },
  {
    push: polls.changed,
    when: 'a poll is drafted',
    happens: (cast) => cast.guests.host.call(polls.create, { workshopId: workshopId(cast), clientPollId: randomUUID(), draft: draftOf() }),
    hears: hosts,
  },
  { push: polls.changed, when: 'a poll is launched', happens: (cast) => launchIn(cast.own.workshop, cast.guests.host), hears: inside },
  { push: polls.changed, when: 'a foreign poll is launched', happens: (cast) => launchIn(cast.foreign.workshop, cast.guests.organizer), hears: ['organizer'] },
  {
    push: polls.removed,
    when: 'a draft is thrown away',
    async happens(cast) {
      const { id } = dataOf(await cast.guests.host.call(polls.create, { workshopId: workshopId(cast), clientPollId: randomUUID(), draft: draftOf() }));
      dataOf(await cast.guests.host.call(polls.remove, { workshopId: workshopId(cast), pollId: id }));
    },
    hears: hosts,
  },
  { push: polls.counted, when: 'votes come in, and results are shown', happens: (cast) => votedIn(cast, true), hears: inside },
  { push: polls.counted, when: 'votes come in, and results are not shown', happens: (cast) => votedIn(cast, false), hears: hosts },
  { push: polls.voted, when: 'the holder votes', happens: (cast) => cast.guests.holder.call(polls.vote, { workshopId: workshopId(cast), pollId: cast.own.pollId, ...choose([1]) }), hears: ['holder'] },
  { push: steps.counted, when: 'the holder is done with a step', happens: markedDone, hears: hosts },
  {
    push: steps.marked,
    when: 'the holder is stuck',
    happens: (cast) => cast.guests.holder.call(steps.mark, { workshopId: workshopId(cast), stepId: cast.own.stepId, clientMarkId: randomUUID(), state: 'stuck', note: 'Where?' }),
    hears: ['holder'],
  },
  { push: steps.changed, when: 'the steps change', happens: (cast) => cast.guests.host.call(steps.save, { workshopId: workshopId(cast), version: 1, steps: [] }), hears: inside },
  {
    push: audience.counted,
    when: 'another comes into the workshop',
    async happens(cast) {
      const another = await ticketHolder(cast.house, workshopId(cast));
      const { count } = dataOf(await cast.guests.holder.call(audience.show, { workshopId: workshopId(cast) }));
      dataOf(await another.call(workshops.enter, { workshopId: workshopId(cast) }));
      await cast.guests.holder.next(audience.counted, (told) => told.count > count);
    },
    hears: inside,
  },
  { push: workshops.changed, when: 'the workshop goes live', happens: (cast) => cast.guests.host.call(workshops.goLive, { workshopId: workshopId(cast) }), hears: people },
  {
    push: audience.reacted,
    when: 'the host shows something',
    async happens(cast) {
      dataOf(await cast.guests.host.call(audience.react, { workshopId: workshopId(cast), reaction: '👏' }));
      await cast.guests.holder.next(audience.reacted);
    },
    hears: inside,
  },
  ...(['trackAdded', 'trackChanged'] as const).map((kind) => ({
    push: stage[kind],
    when: `a track on stage: ${kind}`,
    async happens(cast: Cast) {
      // The workshop is live now: everybody knocks at its stage too.
      for (const name of people) await cast.guests[name].call(stage.join, { workshopId: workshopId(cast) });
      cast.tellStage({ kind, workshopId: workshopId(cast), epoch: 1, track: track(cast) });
    },
    hears: inside,
  })),
  {
    push: stage.trackRemoved,
    when: 'a track leaves the stage',
    happens: (cast) => Promise.resolve(cast.tellStage({ kind: 'trackRemoved', workshopId: workshopId(cast), epoch: 1, trackId: 'one' })),
    hears: inside,
  },
  {
    push: stage.speakerChanged,
    when: 'somebody on stage begins to speak',
    happens: (cast) => Promise.resolve(cast.tellStage({ kind: 'speakerChanged', workshopId: workshopId(cast), epoch: 1, speakingTrackId: 'one' })),
    hears: inside,
  },
  {
    push: stage.layersNeeded,
    when: 'a layer of a host’s camera is received by nobody',
    happens: (cast) => Promise.resolve(cast.tellStage({ kind: 'layersNeeded', workshopId: workshopId(cast), epoch: 1, connectionId: cast.guests.host.socket.id ?? '', trackId: 'one', topLayer: 0 })),
    hears: ['host'],
  },
  {
    push: stage.moved,
    when: 'the worker that the host received from is gone',
    happens: (cast) => Promise.resolve(cast.tellStage({ kind: 'moved', workshopId: workshopId(cast), epoch: 1, connectionId: cast.guests.host.socket.id ?? '' })),
    hears: ['host'],
  },
  { push: onStage.rosterChanged, when: 'no more hands are taken', happens: (cast) => cast.guests.host.call(onStage.lock, { workshopId: workshopId(cast), isLocked: true }).then(dataOf), hears: inside },
  { push: onStage.handsChanged, when: 'the holder is invited', happens: (cast) => cast.guests.host.call(onStage.invite, { workshopId: workshopId(cast), memberId: cast.guests.holder.id }).then(dataOf), hears: hosts },
  { push: onStage.ownChanged, when: 'the holder comes on stage', happens: (cast) => cast.guests.holder.call(onStage.acceptInvitation, { workshopId: workshopId(cast) }).then(dataOf), hears: ['holder'] },
  {
    push: onStage.muted,
    when: 'the holder is muted',
    happens: (cast) => cast.guests.host.call(onStage.silence, { workshopId: workshopId(cast), memberId: cast.guests.holder.id, media: 'audio', how: 'once' }).then(dataOf),
    hears: ['holder'],
  },
  {
    push: moderation.restricted,
    when: 'the holder is timed out in it',
    happens: (cast) =>
      cast.guests.host.call(moderation.restrict, { roomId: cast.own.workshop.roomId, clientRestrictionId: randomUUID(), kind: 'timeout', memberId: cast.guests.holder.id, minutes: 1, reason: 'Spam' }),
    hears: ['holder'],
  },
  { push: stage.moving, when: 'the node of the stage is about to leave', happens: (cast) => Promise.resolve(cast.tellStage({ kind: 'moving', workshopId: workshopId(cast), epoch: 1, connectionId: null })), hears: inside },
  { push: stage.reset, when: 'the stage is rebuilt', happens: (cast) => Promise.resolve(cast.tellStage({ kind: 'reset', workshopId: workshopId(cast), epoch: 2 })), hears: inside },
  { push: community.mediaChanged, when: 'live video is ready', happens: (cast) => Promise.resolve(cast.tellMediaStatus({ state: 'ready' })), hears: people },
  { push: community.resync, when: 'a node took its place', happens: (cast) => Promise.resolve(cast.house.app.deps.bus.publish('opened', null)), hears: people },
  {
    push: rooms.changed,
    when: 'a room is made',
    happens: (cast) => cast.guests.organizer.ask(rooms.create, { name: `room-${randomUUID().slice(0, 8)}`, topic: '', gate: { kind: 'staff' } }),
    hears: people,
  },
  {
    push: rights.changed,
    when: 'the free member is given a tier',
    async happens(cast) {
      dataOf(await cast.guests.organizer.ask(tiers.save, { key: 'supporter', name: 'Supporter', rank: 1, perks: [] }));
      dataOf(await cast.guests.organizer.ask(members.giveTier, { memberId: cast.guests.free.id, tierKey: 'supporter' }));
    },
    hears: ['free'],
  },
  {
    push: tickets.orderChanged,
    when: 'the free member takes a free seat',
    async happens(cast) {
      const form = workshopForm([cast.guests.host.id], { price: { amount: 0, currency: 'eur' } });
      const published = dataOf(await cast.guests.organizer.ask(workshops.publish, form));
      dataOf(await cast.guests.free.ask(tickets.startCheckout, { clientOrderId: randomUUID(), product: { kind: 'seat', workshopId: published.id } }));
    },
    hears: ['free'],
  },
  {
    push: ledger.changed,
    when: 'what a partner paid is entered',
    happens: (cast) => cast.guests.organizer.ask(ledger.recordPartnership, { clientEntryId: randomUUID(), partner: 'Rivet', amount: 500, currency: 'eur', date: '2026-01-31', note: '' }).then(dataOf),
    hears: ['organizer'],
  },
  {
    push: tickets.moneyChanged,
    when: 'the holder takes a free seat elsewhere',
    async happens(cast) {
      const form = workshopForm([cast.guests.host.id], { price: { amount: 0, currency: 'eur' } });
      const published = dataOf(await cast.guests.organizer.ask(workshops.publish, form));
      dataOf(await cast.guests.holder.ask(tickets.startCheckout, { clientOrderId: randomUUID(), product: { kind: 'seat', workshopId: published.id } }));
    },
    hears: ['organizer'],
  },
  {
    push: memberships.changed,
    when: 'the free member goes to the checkout of a membership',
    async happens(cast) {
      const { id: priceId } = dataOf(await cast.guests.organizer.ask(prices.set, { clientPriceId: randomUUID(), tierKey: 'supporter', interval: 'month', amount: 500, currency: 'eur', trialDays: 0 }));
      dataOf(await cast.guests.free.ask(memberships.start, { clientMembershipId: randomUUID(), priceId, withTrial: false }));
    },
    hears: ['free'],
  },
  // These two end the holder's right for all that follows, so they come last.
  { push: rights.leftRoom, when: 'the holder’s ticket is refunded', happens: (cast) => endTicket(cast.house, cast.guests.holder, workshopId(cast)), hears: ['holder'] },
  { push: rights.leftWorkshop, when: 'the holder’s ticket was refunded', happens: () => Promise.resolve(), hears: ['holder'] },
  { push: reading.rang, when: 'somebody speaks after the refund', happens: (cast) => ring(cast, cast.own.workshop.roomId, 'host'), hears: hosts },
  { push: reading.called, when: 'the holder is called after the refund', happens: (cast) => callAll(cast, cast.own.workshop), hears: ['host'] },
  { push: polls.changed, when: 'a poll is launched after the refund', happens: (cast) => launchIn(cast.own.workshop, cast.guests.host), hears: hosts },
  { push: polls.counted, when: 'votes come in after the refund', happens: (cast) => votedIn(cast, true), hears: hosts },
  { push: chat.posted, when: 'somebody speaks after the refund', happens: (cast) => say(cast, cast.own.workshop.roomId), hears: hosts },
  { push: chat.posted, when: 'somebody answers in a thread after the refund', happens: (cast) => say(cast, cast.own.workshop.roomId, cast.own.messageId), hears: hosts },
  { push: messages.changed, when: 'a message is reacted to after the refund', happens: (cast) => reactIn(cast, cast.own, 'organizer'), hears: hosts },
];

describe('who hears', () => {
  let cast: Cast;
  const before = new Map<string, number>();
  const count = async (name: PersonName, push: Push): Promise<number> => (await cast.guests[name].heard(push)).length;

  beforeAll(async () => {
    cast = await openCast();
    const { own, foreign } = cast;
    for (const name of people) {
      for (const { workshop, messageId } of [own, foreign]) {
        // Everybody knocks at every door; those who may not come in are refused, and hear nothing.
        await cast.guests[name].call(workshops.enter, { workshopId: workshop.id });
        for (const threadId of [null, messageId]) await cast.guests[name].call(chat.join, { roomId: workshop.roomId, threadId });
        await cast.guests[name].call(stage.join, { workshopId: workshop.id });
      }
    }
  });
  afterAll(() => cast.house.close());

  it('is judged for every push there is', () => {
    expect(new Set(rows.map((row) => row.push.name))).toEqual(new Set(allPushes.map((push) => push.name)));
  });

  for (const { push, when, happens, hears } of rows) {
    it(`${push.name}, when ${when}: ${hears.join(', ') || 'none of these'}`, async () => {
      const key = (name: PersonName): string => `${name} ${push.name}`;
      // What the two last rows told was told by one and the same event.
      if (push !== rights.leftWorkshop) for (const name of people) before.set(key(name), await count(name, push));
      await happens(cast);
      const heard = [];
      for (const name of people) if ((await count(name, push)) > (before.get(key(name)) ?? 0)) heard.push(name);
      expect(heard).toEqual(people.filter((name) => hears.includes(name)));
    });
  }
});
