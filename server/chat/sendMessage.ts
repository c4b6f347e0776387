import type { SendMessage } from '../../shared/contracts/chat.js';
import type { MessageView } from '../../shared/contracts/messages.js';
import { AppError } from '../../shared/failures.js';
import { judgeSpeech } from '../access/moderation/accessSpeak.js';
import { accessTimeline, type TimelinePlace } from '../access/accessTimeline.js';
import { viewPerson, type Actor } from '../access/actor.js';
import { findPeople, viewOneMessage, viewQuote, type Beside } from '../access/messageViews.js';
import type { Deps } from '../deps.js';
import { Message, type MessageDocument } from '../models/messages/message.js';
import { showAnew } from '../models/messages/messageChanges.js';
import { ReadMark } from '../models/reading/readMark.js';
import { checkMentions } from './messages/checkMentions.js';
import { speakInTurn } from './speakInTurn.js';

/**
 * Says something in a room, or in a thread of it: stores it once, tells it once.
 *
 * A retry carries the same `clientMessageId`; it gets the stored message back, and nobody hears twice. What would be
 * refused by now, but was said when it was not, is answered as what it is: said.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 * @throws message.not_found - no thread can hang there, or what is answered is not in this timeline.
 * @throws member.timed_out | room.read_only | room.questions_only | room.emoji_only - it may not be said there now.
 * @throws room.slow - it is not the actor's turn; `retryAt` says when it is.
 * @throws mention.refused - it calls the room or a tier, which is for whoever may moderate the room.
 * @throws server.busy - the store does not take it now. Sent again under the same `clientMessageId` it is stored once, whatever became of this try.
 * @throws input.invalid - it calls someone who is not there, or the `clientMessageId` names a message of the author's in another timeline.
 */
export async function sendMessage(deps: Deps, actor: Actor, input: SendMessage): Promise<MessageView> {
  const place = await accessTimeline(actor, input, deps.now(), deps.rooms.get);
  try {
    const pace = await judgeSpeech(actor, place.room, input.text, deps.now());
    const beside = await judge(deps, actor, input, place);
    const said = await speakInTurn(deps, actor, input, pace, async () => {
      await takePart(actor, input, place);
      deps.here.heard(actor.memberId);
      return deps.timeline.post({ author: viewPerson(actor), input, beside });
    });
    return await requote(deps, said);
  } catch (error) {
    const said = error instanceof AppError ? await findSaid(actor, input) : null;
    if (!said) throw error;
    return viewOneMessage(said, [viewPerson(actor)]);
  }
}

/**
 * What is quoted may have been changed, and told so, after it was read and before the reply was told: to those who do not
 * have it open the reply is then told once more. What is changed from here on is told after the reply.
 */
async function requote(deps: Deps, view: MessageView): Promise<MessageView> {
  const { replyTo } = view;
  if (!replyTo) return view;
  const [reply, quoted] = await Promise.all([Message.findById(view.id).lean(), Message.findById(replyTo.id).select({ version: 1 }).lean()]);
  if (!reply || (quoted?.version ?? 0) === replyTo.version) return view;
  const shown = await showAnew(reply, deps.now());
  return shown ? deps.changes.record(shown) : view;
}

/** Judges whether it may be said, and reads those that its view will show. */
async function judge(deps: Deps, actor: Actor, input: SendMessage, { room }: TimelinePlace): Promise<Beside> {
  const mentioned = await checkMentions(actor, room, input.mentions, deps.now());
  const author = viewPerson(actor);
  if (input.replyToId === null) return { people: new Map([author, ...mentioned].map((person) => [person.id, person])), quotes: new Map() };
  const quoted = await findQuoted(input, input.replyToId);
  const people = await findPeople([String(quoted.authorId)], [author, ...mentioned]);
  return { people, quotes: new Map([[input.replyToId, viewQuote(quoted, people)]]) };
}

/** Whoever writes in a thread, began it, or is called in it follows it. So before it is said: what was acknowledged is followed. */
async function takePart(actor: Actor, { mentions }: SendMessage, { root }: TimelinePlace): Promise<void> {
  if (!root) return;
  const thread = { roomId: String(root.roomId), threadId: String(root._id) };
  const memberIds = new Set([actor.memberId, String(root.authorId), ...mentions.memberIds]);
  await ReadMark.takePart([...memberIds], { ...thread, readSeq: root.thread?.lastSeq ?? 0 });
}

/** What is answered, which must be in this very timeline. */
async function findQuoted({ roomId, threadId }: SendMessage, replyToId: string): Promise<MessageDocument> {
  const quoted = await Message.findOne({ _id: replyToId, roomId, threadId }).lean();
  if (!quoted) throw new AppError('message.not_found');
  return quoted;
}

/** The message, if an earlier try has stored it in this timeline. */
async function findSaid(actor: Actor, { roomId, threadId, clientMessageId }: SendMessage): Promise<MessageDocument | null> {
  return Message.findOne({ authorId: actor.memberId, clientMessageId, roomId, threadId }).lean();
}
