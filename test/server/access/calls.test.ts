/** The access matrix: every call and every route, asked by everybody, of their own workshop and of a foreign one. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audience } from '../../../shared/contracts/live/audience.js';
import { chat } from '../../../shared/contracts/chat.js';
import type { Call, Route } from '../../../shared/define.js';
import { messages } from '../../../shared/contracts/messages.js';
import { onStage as acts } from '../../../shared/contracts/live/onStage.js';
import { presence } from '../../../shared/contracts/presence.js';
import { moderation } from '../../../shared/contracts/moderation.js';
import { doctor } from '../../../shared/contracts/live/doctor.js';
import { polls } from '../../../shared/contracts/live/polls.js';
import { questions } from '../../../shared/contracts/live/questions.js';
import { reading } from '../../../shared/contracts/reading.js';
import { stage } from '../../../shared/contracts/live/stage.js';
import { steps } from '../../../shared/contracts/live/steps.js';
import { tickets } from '../../../shared/contracts/tickets.js';
import { refunds } from '../../../shared/contracts/tickets/refunds.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import type { Reply } from '../../../shared/failures.js';
import { askRoute, openSocket } from '../../support/guest.js';
import { allCalls, allRoutes } from './allContracts.js';
import { choose, draftOf } from '../polls/aPoll.js';
import { workshopForm } from '../workshops/aWorkshop.js';
import { openCast, people, type Cast, type PersonName, type Place } from './cast.js';

/** Who gets past the gate of their own workshop and of a foreign one. The organizer is at home in both. `inside` is told to those who may enter the room, and yet not do that. */
const gates = {
  room: { own: ['holder', 'host', 'organizer'], foreign: ['organizer'], refusal: 'room.not_found' },
  author: { own: ['holder'], foreign: [], refusal: 'room.not_found', inside: 'message.not_found' },
  authorOrModerator: { own: ['holder', 'host', 'organizer'], foreign: ['organizer'], refusal: 'room.not_found', inside: 'message.not_found' },
  moderator: { own: ['host', 'organizer'], foreign: ['organizer'], refusal: 'room.not_found', inside: 'message.not_found' },
  enter: { own: ['holder', 'host', 'organizer'], foreign: ['organizer'], refusal: 'workshop.not_found' },
  host: { own: ['host', 'organizer'], foreign: ['organizer'], refusal: 'workshop.not_found' },
  asker: { own: ['holder'], foreign: [], refusal: 'workshop.not_found', inside: 'question.not_found' },
  moderate: { own: ['host', 'organizer'], foreign: ['organizer'], refusal: 'room.not_found', inside: 'role.required' },
  /** Of the house itself: whoever gives workshops, and organizers. */
  house: { own: ['host', 'organizer'], foreign: ['host', 'organizer'], refusal: 'role.required', inside: 'role.required' },
  /** Leaving is everybody's: it says nothing about what was left. */
  everybody: { own: people, foreign: people, refusal: null },
} as const satisfies Record<string, { own: readonly PersonName[]; foreign: readonly PersonName[]; refusal: string | null; inside?: string }>;

interface Row {
  call: Call;
  gate: keyof typeof gates;
  input(place: Place): object;
}

const nothing = () => ({});
const inRoom = ({ workshop }: Place) => ({ roomId: workshop.roomId });
const inWorkshop = ({ workshop }: Place) => ({ workshopId: workshop.id });
const ofMessage = (place: Place) => ({ ...inRoom(place), messageId: place.messageId });
const onStage = (place: Place) => ({ ...inWorkshop(place), epoch: 0 });
const ofNobody = (place: Place) => ({ ...inWorkshop(place), memberId: '0'.repeat(24) });
const ofQuestion = (place: Place) => ({ ...inWorkshop(place), questionId: place.questionId });
const ofPoll = (place: Place) => ({ ...inWorkshop(place), pollId: place.pollId });
const codec = { mimeType: 'audio/opus', clockRate: 48_000, channels: 2 };
const fingerprint = { algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') };

const rows: Row[] = [
  { call: chat.join, gate: 'room', input: inRoom },
  { call: chat.leave, gate: 'everybody', input: inRoom },
  { call: chat.send, gate: 'room', input: (place) => ({ ...inRoom(place), clientMessageId: randomUUID(), text: 'Hello' }) },
  { call: chat.history, gate: 'room', input: inRoom },
  { call: chat.seqAt, gate: 'room', input: (place) => ({ ...inRoom(place), at: '2026-01-01T00:00:00.000Z' }) },
  { call: chat.changes, gate: 'room', input: (place) => ({ ...inRoom(place), after: 0 }) },
  { call: chat.typing, gate: 'room', input: inRoom },
  { call: chat.here, gate: 'room', input: inRoom },
  { call: messages.edit, gate: 'author', input: (place) => ({ ...ofMessage(place), text: randomUUID() }) },
  { call: messages.show, gate: 'room', input: ofMessage },
  { call: messages.revisions, gate: 'room', input: ofMessage },
  { call: messages.react, gate: 'room', input: (place) => ({ ...ofMessage(place), emoji: '👍', isOn: true }) },
  { call: messages.reactors, gate: 'room', input: (place) => ({ ...ofMessage(place), emoji: '👍' }) },
  { call: messages.pin, gate: 'moderator', input: (place) => ({ ...ofMessage(place), isOn: true }) },
  { call: messages.pins, gate: 'room', input: inRoom },
  { call: messages.remove, gate: 'authorOrModerator', input: ofMessage },
  { call: reading.list, gate: 'everybody', input: nothing },
  { call: reading.show, gate: 'room', input: inRoom },
  { call: reading.mark, gate: 'room', input: (place) => ({ ...inRoom(place), seq: 1 }) },
  { call: reading.markUnread, gate: 'room', input: (place) => ({ ...inRoom(place), seq: 1 }) },
  { call: reading.mute, gate: 'room', input: (place) => ({ ...inRoom(place), isOn: true }) },
  { call: reading.follow, gate: 'room', input: (place) => ({ ...inRoom(place), threadId: place.messageId, isOn: true }) },
  { call: reading.mentions, gate: 'everybody', input: nothing },
  { call: presence.heard, gate: 'everybody', input: nothing },
  { call: presence.setStatus, gate: 'everybody', input: () => ({ status: 'busy' }) },
  { call: workshops.enter, gate: 'enter', input: inWorkshop },
  { call: workshops.leave, gate: 'everybody', input: inWorkshop },
  { call: questions.list, gate: 'enter', input: inWorkshop },
  { call: questions.ask, gate: 'enter', input: (place) => ({ ...inWorkshop(place), clientQuestionId: randomUUID(), text: 'How?' }) },
  { call: questions.suggest, gate: 'enter', input: (place) => ({ ...inWorkshop(place), text: 'How?' }) },
  { call: questions.edit, gate: 'asker', input: (place) => ({ ...ofQuestion(place), text: randomUUID() }) },
  { call: questions.approve, gate: 'host', input: ofQuestion },
  { call: questions.vote, gate: 'enter', input: (place) => ({ ...ofQuestion(place), isOn: true }) },
  { call: questions.answerNow, gate: 'host', input: ofQuestion },
  { call: questions.markAnswered, gate: 'host', input: ofQuestion },
  { call: questions.answer, gate: 'host', input: (place) => ({ ...ofQuestion(place), text: 'Because.' }) },
  { call: questions.restore, gate: 'host', input: (place) => ({ ...ofQuestion(place), to: 'approved' }) },
  { call: questions.merge, gate: 'host', input: (place) => ({ ...ofQuestion(place), withId: place.questionId }) },
  { call: questions.unmerge, gate: 'host', input: ofQuestion },
  { call: questions.label, gate: 'host', input: (place) => ({ ...ofQuestion(place), labels: ['Streams'] }) },
  { call: questions.assign, gate: 'host', input: (place) => ({ ...ofQuestion(place), assigneeId: null }) },
  { call: questions.setQueue, gate: 'host', input: (place) => ({ ...inWorkshop(place), isModerated: true, openMax: 20 }) },
  { call: questions.dismiss, gate: 'host', input: ofQuestion },
  { call: polls.list, gate: 'enter', input: inWorkshop },
  { call: polls.create, gate: 'host', input: (place) => ({ ...inWorkshop(place), clientPollId: randomUUID(), draft: draftOf() }) },
  { call: polls.edit, gate: 'host', input: (place) => ({ ...ofPoll(place), draft: draftOf() }) },
  { call: polls.remove, gate: 'host', input: ofPoll },
  { call: polls.launch, gate: 'host', input: ofPoll },
  { call: polls.showResults, gate: 'host', input: (place) => ({ ...ofPoll(place), isShown: true }) },
  { call: polls.vote, gate: 'enter', input: (place) => ({ ...ofPoll(place), ...choose([0]) }) },
  { call: polls.close, gate: 'host', input: ofPoll },
  { call: polls.reopen, gate: 'host', input: ofPoll },
  { call: steps.list, gate: 'enter', input: inWorkshop },
  { call: steps.save, gate: 'host', input: (place) => ({ ...inWorkshop(place), version: 0, steps: [] }) },
  { call: steps.mark, gate: 'enter', input: (place) => ({ ...inWorkshop(place), stepId: place.stepId, clientMarkId: randomUUID(), state: 'done', note: '' }) },
  { call: steps.markHelped, gate: 'host', input: (place) => ({ ...inWorkshop(place), stepId: place.stepId, memberId: '0'.repeat(24) }) },
  { call: questions.retract, gate: 'asker', input: ofQuestion },
  { call: audience.show, gate: 'enter', input: inWorkshop },
  { call: audience.react, gate: 'enter', input: (place) => ({ ...inWorkshop(place), reaction: '👏' }) },
  { call: stage.join, gate: 'enter', input: inWorkshop },
  { call: stage.leave, gate: 'everybody', input: inWorkshop },
  { call: stage.look, gate: 'enter', input: onStage },
  { call: stage.probe, gate: 'enter', input: (place) => ({ ...onStage(place), rtpCapabilities: { codecs: [{ kind: 'audio', ...codec }] } }) },
  { call: stage.connect, gate: 'enter', input: (place) => ({ ...onStage(place), transportId: 'one', dtlsParameters: { fingerprints: [fingerprint] } }) },
  { call: stage.consume, gate: 'enter', input: (place) => ({ ...onStage(place), trackIds: ['one'], rtpCapabilities: { codecs: [{ kind: 'audio', ...codec }] } }) },
  { call: stage.resume, gate: 'enter', input: (place) => ({ ...onStage(place), consumerIds: ['one'] }) },
  { call: stage.preferLayers, gate: 'enter', input: (place) => ({ ...onStage(place), preferences: [{ consumerId: 'one', spatialLayer: 0 }] }) },
  { call: stage.pauseConsumers, gate: 'enter', input: (place) => ({ ...onStage(place), consumerIds: ['one'], paused: true }) },
  { call: stage.refreshIce, gate: 'enter', input: inWorkshop },
  { call: stage.restartIce, gate: 'enter', input: (place) => ({ ...onStage(place), transportId: 'one' }) },
  {
    call: stage.produce,
    gate: 'host',
    input: (place) => ({ ...onStage(place), transportId: 'one', clientTrackId: randomUUID(), kind: 'audio', source: 'microphone', rtpParameters: { codecs: [{ ...codec, payloadType: 100 }] } }),
  },
  { call: stage.present, gate: 'host', input: onStage },
  { call: stage.pauseTrack, gate: 'host', input: (place) => ({ ...onStage(place), trackId: 'one', paused: true }) },
  { call: stage.closeTrack, gate: 'host', input: (place) => ({ ...onStage(place), trackId: 'one' }) },
  { call: acts.show, gate: 'enter', input: inWorkshop },
  { call: acts.raiseHand, gate: 'enter', input: inWorkshop },
  { call: acts.lowerHand, gate: 'enter', input: inWorkshop },
  { call: acts.acceptInvitation, gate: 'enter', input: inWorkshop },
  { call: acts.declineInvitation, gate: 'enter', input: inWorkshop },
  { call: acts.stepDown, gate: 'enter', input: inWorkshop },
  { call: acts.lowerHandOf, gate: 'host', input: ofNobody },
  { call: acts.invite, gate: 'host', input: ofNobody },
  { call: acts.withdrawInvitation, gate: 'host', input: ofNobody },
  { call: acts.takeOffStage, gate: 'host', input: ofNobody },
  { call: acts.silence, gate: 'host', input: (place) => ({ ...ofNobody(place), media: 'audio', how: 'once' }) },
  { call: acts.handOver, gate: 'host', input: ofNobody },
  { call: acts.lock, gate: 'host', input: (place) => ({ ...inWorkshop(place), isLocked: false }) },
  { call: doctor.look, gate: 'house', input: nothing },
  { call: doctor.open, gate: 'house', input: nothing },
  { call: doctor.connect, gate: 'house', input: () => ({ transportId: 'one', dtlsParameters: { fingerprints: [fingerprint] } }) },
  { call: doctor.probe, gate: 'house', input: () => ({ transportId: 'one', rtpCapabilities: { codecs: [{ kind: 'audio', ...codec }] } }) },
  { call: doctor.resume, gate: 'house', input: () => ({ transportId: 'one', consumerId: 'one' }) },
  { call: moderation.setMode, gate: 'moderate', input: (place) => ({ ...inRoom(place), mode: { kind: 'normal' } }) },
  // Nobody is held back by these: there is no such member.
  { call: moderation.restrict, gate: 'moderate', input: (place) => ({ ...inRoom(place), clientRestrictionId: randomUUID(), kind: 'timeout', memberId: '0'.repeat(24), minutes: 1, reason: 'Spam' }) },
  { call: moderation.restrictions, gate: 'moderate', input: inRoom },
  { call: moderation.audit, gate: 'moderate', input: inRoom },
  // One that is not there, and one that is not theirs to lift, look alike: `restrictions.test.ts` tells them apart.
  { call: moderation.lift, gate: 'everybody', input: () => ({ restrictionId: '0'.repeat(24) }) },
  // These change the workshop for all that follows, so they come last.
  { call: workshops.goLive, gate: 'host', input: inWorkshop },
  { call: workshops.keepOpen, gate: 'host', input: inWorkshop },
  { call: workshops.end, gate: 'host', input: inWorkshop },
];

/** What whoever does not get past a gate is told. */
function refusalOf(gate: keyof typeof gates, where: 'own' | 'foreign', name: PersonName): string | null {
  const { refusal, inside = refusal }: { refusal: string | null; inside?: string | null } = gates[gate];
  return (gates.room[where] as readonly PersonName[]).includes(name) ? inside : refusal;
}

/** Failures that say no more than that one is not allowed, or that it is not there. */
const closedDoors = new Set(['session.required', 'session.expired', 'role.required', 'room.not_found', 'message.not_found', 'workshop.not_found', 'order.not_found']);

const codeOf = (reply: Reply<unknown>): string => (reply.ok ? 'ok' : reply.failure.code);

/** What may come of everything that is asked, as `shared/define.ts` says: no contract names it. */
const everywhere = ['ok', 'input.invalid', 'limits.too_many', 'session.required', 'session.expired', 'server.broke'];

describe('who may ask', () => {
  let cast: Cast;
  beforeAll(async () => {
    cast = await openCast();
  });
  afterAll(() => cast.house.close());

  it('is judged for every call there is', () => {
    expect(rows.map((row) => row.call.name).toSorted()).toEqual(allCalls.map((call) => call.name).toSorted());
  });

  it('needs a session for a socket', async () => {
    await expect(openSocket(cast.house.url, 'not a token')).rejects.toMatchObject({ data: { code: 'session.expired' } });
    const socket = await openSocket(cast.house.url, cast.guests.free.token);
    expect(socket.connected).toBe(true);
    socket.disconnect();
  });

  for (const { call, gate, input } of rows) {
    it(`${call.name}: ${gate}`, async () => {
      for (const where of ['own', 'foreign'] as const) {
        for (const name of people) {
          const reply = await cast.guests[name].call(call, input(cast[where]));
          const may = (gates[gate][where] as readonly PersonName[]).includes(name);
          const said = `${name} in ${where}: ${codeOf(reply)}`;
          expect([...everywhere, ...call.failures], said).toContain(codeOf(reply));
          if (may) expect(closedDoors.has(codeOf(reply)) || codeOf(reply) === 'input.invalid', said).toBe(false);
          else expect(codeOf(reply), said).toBe(refusalOf(gate, where, name));
        }
      }
    });
  }
});

describe('who may ask over HTTP', () => {
  let cast: Cast;
  beforeAll(async () => {
    cast = await openCast();
  });
  afterAll(() => cast.house.close());

  /** What is sent: ids of real things, and otherwise nothing, so that whoever passes the gate is told of the missing input. */
  const inputOf = (route: Route): object => {
    const inputs: Record<string, string> = { workshopId: cast.own.workshop.id, memberId: cast.guests.free.id, orderId: '0'.repeat(24), membershipId: '0'.repeat(24), sessionId: '0'.repeat(24), certificateId: '0'.repeat(22), couponId: '0'.repeat(24), place: 'workshop', placeId: cast.own.workshop.id, priceId: '0'.repeat(24) };
    return Object.fromEntries([...route.path.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, inputs[name]]));
  };

  for (const route of allRoutes) {
    it(`${route.method} ${route.path}: ${route.who}`, async () => {
      const anonymous = codeOf(await askRoute(cast.house.url, route, inputOf(route)));
      // A route for anyone may still ask for the cookie of a session.
      const doors = route.who === 'anyone' ? ['role.required'] : ['session.required', 'role.required'];
      if (route.who === 'anyone') expect(doors).not.toContain(anonymous);
      else expect(anonymous).toBe('session.required');
      for (const name of people) {
        // Signing out ends the session that asks, so each asks with one of their own.
        const guest = await cast.house.guest({ as: cast.guests[name] });
        const code = codeOf(await guest.ask(route, inputOf(route)));
        guest.close();
        expect([...everywhere, ...route.failures, ...(route.who === 'organizer' ? ['role.required'] : [])], name).toContain(code);
        if (route.who !== 'organizer' || name === 'organizer') expect(doors, name).not.toContain(code);
        else expect(code, name).toBe('role.required');
      }
    });
  }

  it('lets nobody but its buyer see an order, the organizer apart from that refunds it', async () => {
    const free = { amount: 0, currency: 'eur' };
    const { organizer, holder, host, free: other } = cast.guests;
    const published = await organizer.ask(workshops.publish, workshopForm([host.id], { price: free }));
    if (!published.ok) throw new Error(codeOf(published));
    const bought = await holder.ask(tickets.startCheckout, { clientOrderId: randomUUID(), product: { kind: 'seat', workshopId: published.data.id } });
    if (!bought.ok) throw new Error(codeOf(bought));
    const orderId = bought.data.id;
    for (const [route, input] of [[tickets.order, { orderId }], [tickets.abandon, { orderId }], [refunds.mine, { orderId, amount: 0 }]] as const) {
      for (const stranger of [other, host, organizer]) expect(codeOf(await stranger.ask<Route>(route, input))).toBe('order.not_found');
      expect(codeOf(await holder.ask<Route>(route, input))).toBe('ok');
    }
  });
});
