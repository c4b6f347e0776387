/** Every call there is, with every input it must not take: refused as such, and nothing changed. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audience } from '../../../shared/contracts/live/audience.js';
import { chat } from '../../../shared/contracts/chat.js';
import type { Call } from '../../../shared/define.js';
import { messages } from '../../../shared/contracts/messages.js';
import { presence } from '../../../shared/contracts/presence.js';
import { moderation } from '../../../shared/contracts/moderation.js';
import { polls } from '../../../shared/contracts/live/polls.js';
import { questions } from '../../../shared/contracts/live/questions.js';
import { onStage as acts } from '../../../shared/contracts/live/onStage.js';
import { doctor } from '../../../shared/contracts/live/doctor.js';
import { reading } from '../../../shared/contracts/reading.js';
import { stage } from '../../../shared/contracts/live/stage.js';
import { steps } from '../../../shared/contracts/live/steps.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import type { Reply } from '../../../shared/failures.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { allCalls } from '../access/allContracts.js';
import { choose, draftOf, stepsOf } from '../polls/aPoll.js';
import { dataOf, publish, type Published } from '../workshops/aWorkshop.js';
import { everything } from './everything.js';
import { spoil } from './spoil.js';

let house: House;
let published: Published;
let questionId: string;
let messageId: string;
let pollId: string;
/** The host's connection, which stands where every call may be asked. */
let host: Guest;
beforeAll(async () => {
  // The house's time stands still: what the house writes by itself in the meantime changes nothing either.
  const now = new Date();
  house = await openHouse({ now: () => now });
  published = await publish(house);
  host = published.host;
  dataOf(await host.call(workshops.enter, { workshopId: published.workshop.id }));
  questionId = dataOf(await host.call(questions.ask, { workshopId: published.workshop.id, clientQuestionId: randomUUID(), text: 'Why?' })).id;
  pollId = dataOf(await host.call(polls.create, { workshopId: published.workshop.id, clientPollId: randomUUID(), draft: draftOf() })).id;
  messageId = dataOf(await host.call(chat.send, { roomId: published.workshop.roomId, clientMessageId: randomUUID(), text: 'Is this on?' })).id;
});
afterAll(() => house.close());

const fingerprint = Array.from({ length: 32 }, () => 'AB').join(':');
const codec = { mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2, rtcpFeedback: [{ type: 'transport-cc', parameter: 'a' }] };
const rtpParameters = {
  mid: '0',
  codecs: [codec],
  headerExtensions: [{ uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 1, encrypt: false }],
  encodings: [{ ssrc: 1, dtx: true, maxBitrate: 1 }],
  rtcp: { cname: 'a', reducedSize: true },
};
const rtpCapabilities = { codecs: [{ kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000 }], headerExtensions: [{ kind: 'audio', uri: 'urn:a', preferredId: 1 }] };

/** An input that each call takes. */
function validInputs(): Map<Call, Record<string, unknown>> {
  const { id: workshopId, roomId } = published.workshop;
  const inRoom = { roomId };
  const inTimeline = { roomId, threadId: messageId };
  const ofMessage = { roomId, messageId };
  const mentions = { memberIds: [host.id], room: true, tierKeys: ['free'] };
  const inWorkshop = { workshopId };
  const onStage = { workshopId, epoch: 1 };
  const ofPoll = { workshopId, pollId };
  const ofQuestion = { workshopId, questionId };
  return new Map<Call, Record<string, unknown>>([
    [chat.join, inTimeline],
    [chat.leave, inTimeline],
    [chat.typing, inTimeline],
    [chat.here, inRoom],
    [chat.send, { ...inTimeline, clientMessageId: randomUUID(), text: 'Hello', replyToId: messageId, mentions }],
    [chat.history, { ...inTimeline, after: 0, limit: 10 }],
    [chat.seqAt, { ...inTimeline, at: '2026-01-01T00:00:00.000Z' }],
    [chat.changes, { roomId, after: 0 }],
    [messages.edit, { ...ofMessage, text: 'Hello', mentions }],
    [messages.show, ofMessage],
    [messages.revisions, ofMessage],
    [messages.show, ofMessage],
    [messages.react, { ...ofMessage, emoji: '👍', isOn: true }],
    [messages.reactors, { ...ofMessage, emoji: '👍' }],
    [messages.pin, { ...ofMessage, isOn: true }],
    [messages.pins, inRoom],
    [messages.remove, ofMessage],
    [reading.list, {}],
    [reading.show, { roomId, threadId: null }],
    [reading.mark, { roomId, threadId: null, seq: 1 }],
    [reading.markUnread, { roomId, threadId: null, seq: 1 }],
    [reading.mute, { roomId, isOn: true }],
    [reading.follow, { roomId, threadId: messageId, isOn: true }],
    [reading.mentions, { before: messageId, limit: 10 }],
    [presence.heard, {}],
    [presence.setStatus, { status: 'busy' }],
    [moderation.setMode, { roomId, mode: { kind: 'slow', seconds: 5 } }],
    [moderation.restrict, { clientRestrictionId: randomUUID(), kind: 'timeout', memberId: '0'.repeat(24), roomId, minutes: 5, reason: 'Spam' }],
    [moderation.lift, { restrictionId: '0'.repeat(24) }],
    [moderation.restrictions, inRoom],
    [moderation.audit, { roomId, before: messageId, limit: 10 }],
    [workshops.enter, inWorkshop],
    [workshops.leave, inWorkshop],
    [workshops.goLive, inWorkshop],
    [workshops.keepOpen, inWorkshop],
    [workshops.end, inWorkshop],
    [questions.list, inWorkshop],
    [questions.ask, { workshopId, clientQuestionId: randomUUID(), text: 'Why?', isAnonymous: true }],
    [questions.suggest, { workshopId, text: 'Why?' }],
    [questions.edit, { ...ofQuestion, text: 'Why?' }],
    [questions.retract, ofQuestion],
    [questions.vote, { ...ofQuestion, isOn: true }],
    [questions.answer, { ...ofQuestion, text: 'Because.' }],
    [questions.restore, { ...ofQuestion, to: 'approved' }],
    [questions.merge, { ...ofQuestion, withId: '0'.repeat(24) }],
    [questions.unmerge, ofQuestion],
    [questions.label, { ...ofQuestion, labels: ['Streams'] }],
    [questions.assign, { ...ofQuestion, assigneeId: '0'.repeat(24) }],
    [questions.setQueue, { workshopId, isModerated: true, openMax: 5 }],
    [questions.approve, ofQuestion],
    [questions.answerNow, ofQuestion],
    [questions.markAnswered, ofQuestion],
    [questions.dismiss, ofQuestion],
    [polls.list, inWorkshop],
    [polls.create, { workshopId, clientPollId: randomUUID(), draft: draftOf({ right: [0] }) }],
    [polls.edit, { ...ofPoll, draft: draftOf() }],
    [polls.remove, ofPoll],
    [polls.launch, ofPoll],
    [polls.close, ofPoll],
    [polls.reopen, ofPoll],
    [polls.showResults, { ...ofPoll, isShown: true }],
    [polls.vote, { ...ofPoll, ...choose([0]) }],
    [steps.list, inWorkshop],
    [steps.save, { workshopId, version: 0, steps: stepsOf('Clone') }],
    [steps.mark, { workshopId, stepId: randomUUID(), clientMarkId: randomUUID(), state: 'done', note: '' }],
    [steps.markHelped, { workshopId, stepId: randomUUID(), memberId: host.id }],
    [audience.show, inWorkshop],
    [audience.react, { workshopId, reaction: '👏' }],
    [stage.present, onStage],
    ...[acts.show, acts.raiseHand, acts.lowerHand, acts.acceptInvitation, acts.declineInvitation, acts.stepDown].map((call): [Call, Record<string, unknown>] => [call, inWorkshop]),
    ...[acts.lowerHandOf, acts.invite, acts.withdrawInvitation, acts.takeOffStage, acts.handOver].map((call): [Call, Record<string, unknown>] => [call, { workshopId, memberId: '0'.repeat(24) }]),
    [acts.silence, { workshopId, memberId: '0'.repeat(24), media: 'audio', how: 'once' }],
    [acts.lock, { workshopId, isLocked: false }],
    [stage.join, inWorkshop],
    [stage.leave, inWorkshop],
    [stage.look, onStage],
    [stage.probe, { ...onStage, rtpCapabilities }],
    [stage.connect, { ...onStage, transportId: 't', dtlsParameters: { role: 'client', fingerprints: [{ algorithm: 'sha-256', value: fingerprint }] } }],
    [stage.produce, { ...onStage, transportId: 't', clientTrackId: randomUUID(), kind: 'audio', source: 'microphone', rtpParameters }],
    [stage.consume, { ...onStage, trackIds: ['t'], rtpCapabilities }],
    [stage.resume, { ...onStage, consumerIds: ['c'] }],
    [stage.preferLayers, { ...onStage, preferences: [{ consumerId: 'c', spatialLayer: 1, temporalLayer: 2 }] }],
    [stage.pauseConsumers, { ...onStage, consumerIds: ['c'], paused: true }],
    [stage.refreshIce, inWorkshop],
    [stage.pauseTrack, { ...onStage, trackId: 't', paused: true }],
    [stage.closeTrack, { ...onStage, trackId: 't' }],
    [stage.restartIce, { ...onStage, transportId: 't' }],
    [doctor.look, {}],
    [doctor.open, {}],
    [doctor.connect, { transportId: 't', dtlsParameters: { role: 'client', fingerprints: [{ algorithm: 'sha-256', value: fingerprint }] } }],
    [doctor.probe, { transportId: 't', rtpCapabilities }],
    [doctor.resume, { transportId: 't', consumerId: 'c' }],
  ]);
}

/** These may ask about the whole house: without a room. */
const ofAnyPlace: ReadonlySet<Call> = new Set<Call>([moderation.restrict, moderation.restrictions, moderation.audit]);

const codeOf = (reply: Reply<unknown>): string => (reply.ok ? 'ok' : reply.failure.code);
const ask = async (guest: Guest, call: Call, args: readonly unknown[]): Promise<string> => codeOf((await guest.socket.timeout(8_000).emitWithAck(call.name, ...args)) as Reply<unknown>);

describe('a malformed call', () => {
  it('is looked for among all calls there are', () => {
    expect([...validInputs().keys()].map(({ name }) => name).toSorted()).toEqual(allCalls.map(({ name }) => name).toSorted());
  });

  for (const call of allCalls) {
    it(`of ${call.name} is refused as such and changes nothing`, async () => {
      const valid = validInputs().get(call) ?? {};
      const attempts: [string, unknown[]][] = [
        ...spoil(valid, ['after', 'before', 'limit', 'threadId', 'replyToId', 'mentions', 'isAnonymous'], ['threadId', 'replyToId', 'assigneeId', ...(ofAnyPlace.has(call) ? ['roomId'] : [])]).map(({ how, input }): [string, unknown[]] => [how, [input]]),
        ['bytes in its place', [Buffer.from('a')]],
        ['bytes for a text', [{ ...valid, [Object.keys(valid)[0] ?? '']: Buffer.from('a') }]],
        ['nothing', []],
        ['two of it', [valid, valid]],
        ['something more', [valid, null]],
      ];
      // Asked within everybody's limits, by as many members as it takes.
      const askers = await Promise.all(Array.from({ length: Math.ceil(attempts.length / Math.min(call.limit.points, 100)) }, () => house.guest({ role: 'organizer' })));
      await house.app.deps.changes.drain();
      const before = await everything();
      const answers = await Promise.all(attempts.map(async ([how, args], place) => [how, await ask(askers[place % askers.length] ?? host, call, args)]));
      expect(answers.filter(([, code]) => code !== 'input.invalid')).toEqual([]);
      expect(await everything()).toBe(before);
      expect(await ask(host, call, [valid])).not.toBe('input.invalid');
    });
  }
});
