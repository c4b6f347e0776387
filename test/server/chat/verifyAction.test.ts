/**
 * Every verb that writes is told whole: what a client held before, and what it was pushed, come to the very same as what it
 * would fetch afresh. A verb that forgets a push fails here, and so does a new writing call that nobody entered in the table.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chat } from '../../../shared/contracts/chat.js';
import type { Call } from '../../../shared/define.js';
import { messages, type MessageView } from '../../../shared/contracts/messages.js';
import { moderation } from '../../../shared/contracts/moderation.js';
import type { Guest } from '../../support/guest.js';
import { allCalls } from '../access/allContracts.js';
import { dataOf } from '../members/browser.js';
import { roomFor } from '../realtime/place.js';
import { openChatHouse, say, type ChatHouse } from './chatHouse.js';
import { heldBackKeeper, mineKeeper, modeKeeper, pinsKeeper, timelineKeeper, type Keeper } from '../verifying/clientModel.js';
import { verifyEach, type Action } from '../verifying/verifyEach.js';

/** A room in which there is something of everything, and those who watch it. */
interface Scene {
  roomId: string;
  /** A moderator, who wrote all but the reply. */
  actor: Guest;
  /** Another connection of the actor's, and another member. */
  watchers: Record<'own' | 'other', Guest>;
  /** Quoted by `reply`, pinned, and reacted to by the actor with 🎉. */
  quoted: MessageView;
  reply: MessageView;
  /** Has a thread, with one answer in it. */
  root: MessageView;
  inThread: MessageView;
  /** The other member is timed out in another room. */
  restrictionId: string;
}

const of = ({ roomId }: Scene, { id }: MessageView) => ({ roomId, messageId: id });

const actions: Action<Scene>[] = [
  { call: chat.send, does: 'something is said', tells: [chat.posted], act: ({ actor, roomId }) => actor.call(chat.send, say(roomId, 'Hello')) },
  {
    call: chat.send,
    does: 'something is answered, and people are called',
    tells: [chat.posted],
    act: ({ actor, roomId, quoted, watchers }) => actor.call(chat.send, say(roomId, 'Hello', { replyToId: quoted.id, mentions: { memberIds: [watchers.other.id], room: true, tierKeys: ['free'] } })),
  },
  {
    call: chat.send,
    does: 'something is said in a thread',
    tells: [chat.posted, messages.changed],
    act: ({ watchers, roomId, root, inThread }) => watchers.other.call(chat.send, say(roomId, 'Hello', { threadId: root.id, replyToId: inThread.id })),
  },
  { call: chat.send, does: 'a thread begins', tells: [messages.changed], act: ({ actor, roomId, reply }) => actor.call(chat.send, say(roomId, 'Hello', { threadId: reply.id })) },
  { call: messages.edit, does: 'what was quoted and pinned is edited', tells: [messages.changed], act: (scene) => scene.actor.call(messages.edit, { ...of(scene, scene.quoted), text: 'Otherwise', mentions: { room: true } }) },
  { call: messages.edit, does: 'an answer in a thread is edited', tells: [messages.changed], act: (scene) => scene.actor.call(messages.edit, { ...of(scene, scene.inThread), text: 'Otherwise' }) },
  { call: messages.remove, does: 'what was quoted, pinned and reacted to is deleted', tells: [messages.changed], act: (scene) => scene.actor.call(messages.remove, of(scene, scene.quoted)) },
  { call: messages.remove, does: 'the message of a thread is deleted', tells: [messages.changed], act: (scene) => scene.actor.call(messages.remove, of(scene, scene.root)) },
  { call: messages.remove, does: 'an answer in a thread is deleted', tells: [messages.changed], act: (scene) => scene.actor.call(messages.remove, of(scene, scene.inThread)) },
  { call: messages.remove, does: 'a moderator deletes another’s', tells: [messages.changed], act: (scene) => scene.actor.call(messages.remove, of(scene, scene.reply)) },
  { call: messages.react, does: 'a new emoji is used', tells: [messages.changed, messages.myReactions], act: (scene) => scene.actor.call(messages.react, { ...of(scene, scene.root), emoji: '👍', isOn: true }) },
  { call: messages.react, does: 'an emoji is used again', tells: [messages.changed], act: (scene) => scene.watchers.other.call(messages.react, { ...of(scene, scene.quoted), emoji: '🎉', isOn: true }) },
  { call: messages.react, does: 'an emoji is taken back', tells: [messages.changed, messages.myReactions], act: (scene) => scene.actor.call(messages.react, { ...of(scene, scene.quoted), emoji: '🎉', isOn: false }) },
  { call: messages.pin, does: 'another message is pinned', tells: [messages.changed], act: (scene) => scene.actor.call(messages.pin, { ...of(scene, scene.root), isOn: true }) },
  { call: messages.pin, does: 'a message is unpinned', tells: [messages.changed], act: (scene) => scene.actor.call(messages.pin, { ...of(scene, scene.quoted), isOn: false }) },
  { call: moderation.setMode, does: 'the room becomes slow', tells: [moderation.modeChanged], act: ({ actor, roomId }) => actor.call(moderation.setMode, { roomId, mode: { kind: 'slow', seconds: 5 } }) },
  {
    call: moderation.restrict,
    does: 'a member is timed out',
    tells: [moderation.restricted],
    act: ({ actor, roomId, watchers }) => actor.call(moderation.restrict, { clientRestrictionId: randomUUID(), kind: 'timeout', memberId: watchers.other.id, roomId, minutes: 5, reason: 'Here, too' }),
  },
  { call: moderation.lift, does: 'a timeout is lifted', tells: [moderation.restricted], act: ({ actor, restrictionId }) => actor.call(moderation.lift, { restrictionId }) },
];

/** The features that are verified here (what was read is in `verifyReading.test.ts`), and those of their calls that change nothing anyone fetches; who is here and who writes is told for the moment. */
const features = ['chat:', 'messages:', 'moderation:'];
const reads: Call[] = [chat.join, chat.leave, chat.history, chat.seqAt, chat.changes, chat.typing, chat.here, messages.show, messages.revisions, messages.reactors, messages.pins, moderation.restrictions, moderation.audit];

let here: ChatHouse;
beforeAll(async () => {
  here = await openChatHouse();
});
afterEach(() => here.house.everybodyLeaves());
afterAll(() => here.house.close());

/** A room of its own, with people of its own: what one may ask is limited for each. */
async function setScene(): Promise<Scene> {
  const actor = await here.house.guest({ role: 'moderator', name: 'Ada' });
  const [own, other] = [await here.house.guest({ as: actor }), await here.house.guest({ name: 'Bob' })];
  const roomId = await roomFor('free');
  const send = async (guest: Guest, text: string, more = {}): Promise<MessageView> => dataOf(await guest.call(chat.send, say(roomId, text, more)));
  const quoted = await send(actor, 'Quoted');
  const reply = await send(other, 'Reply', { replyToId: quoted.id });
  const root = await send(actor, 'Root');
  const inThread = await send(actor, 'In the thread', { threadId: root.id });
  dataOf(await actor.call(messages.react, { roomId, messageId: quoted.id, emoji: '🎉', isOn: true }));
  dataOf(await actor.call(messages.pin, { roomId, messageId: quoted.id, isOn: true }));
  for (const guest of [own, other]) for (const threadId of [null, root.id, reply.id]) dataOf(await guest.call(chat.join, { roomId, threadId }));
  const restricted = { clientRestrictionId: randomUUID(), kind: 'timeout', memberId: other.id, roomId: await roomFor('free'), minutes: 5, reason: 'Elsewhere' } as const;
  const { id: restrictionId } = dataOf(await actor.call(moderation.restrict, restricted));
  return { roomId, actor, watchers: { own, other }, quoted, reply, root, inThread, restrictionId };
}

const keepersOf = ({ roomId, root, reply }: Scene): Keeper[] => [
  timelineKeeper(roomId, null),
  timelineKeeper(roomId, root.id),
  timelineKeeper(roomId, reply.id),
  pinsKeeper(roomId),
  mineKeeper(roomId),
  modeKeeper(roomId),
  heldBackKeeper(),
];

describe('every verb that writes', () => {
  it('is in the table', () => {
    const calls = allCalls.filter(({ name }) => features.some((feature) => name.startsWith(feature)));
    expect(new Set([...actions.map(({ call }) => call.name), ...reads.map(({ name }) => name)])).toEqual(new Set(calls.map(({ name }) => name)));
    expect(actions.filter(({ call }) => reads.includes(call))).toEqual([]);
  });

  verifyEach(actions, async () => {
    const scene = await setScene();
    return { house: here.house, scene, watchers: Object.values(scene.watchers), keepers: keepersOf(scene) };
  });
});
