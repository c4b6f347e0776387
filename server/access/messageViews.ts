/** Messages as everybody sees them who may read them. The one place where they are put together, for whoever shows or tells them. */
import type { PersonView } from '../../shared/contracts/members.js';
import type { MessageView, MyReactions, QuoteView } from '../../shared/contracts/messages.js';
import { excerptOf } from '../../shared/excerpt.js';
import { Member } from '../models/member.js';
import { Message, type MessageDocument } from '../models/messages/message.js';

/** What a message's view shows of others: people by id, quoted messages by id. */
export interface Beside {
  people: ReadonlyMap<string, PersonView>;
  quotes: ReadonlyMap<string, QuoteView>;
}

/** The views of these messages, in their order: one read for all people, and one for quoted messages that are not among them. */
export async function viewMessages(messages: readonly MessageDocument[], known: readonly PersonView[] = []): Promise<MessageView[]> {
  const among = new Map(messages.map((message) => [String(message._id), message]));
  const repliesTo = messages.flatMap(({ replyToId }) => replyToId ?? []);
  const quoted = [...repliesTo.flatMap((id) => among.get(String(id)) ?? []), ...(await Message.findAll(repliesTo.filter((id) => !among.has(String(id)))))];
  const people = await findPeople([...messages.flatMap(peopleOf), ...quoted.map(({ authorId }) => String(authorId))], known);
  const quotes = new Map(quoted.map((message) => [String(message._id), viewQuote(message, people)]));
  return messages.map((message) => viewMessage(message, { people, quotes }));
}

/** One message's view. */
export async function viewOneMessage(message: MessageDocument, known: readonly PersonView[] = []): Promise<MessageView> {
  const beside = await viewMessages([message], known);
  return beside[0] as MessageView;
}

/** The message's view, from what is known of those it shows. */
export function viewMessage(message: MessageDocument, { people, quotes }: Beside): MessageView {
  const { threadId, replyToId, mentions, deleted, reactions = [] } = message;
  return {
    id: String(message._id),
    roomId: String(message.roomId),
    threadId: threadId ? String(threadId) : null,
    author: viewSomeone(String(message.authorId), people),
    clientMessageId: message.clientMessageId,
    seq: message.seq,
    version: message.version ?? 0,
    text: message.text,
    sentAt: message.sentAt.toISOString(),
    editedAt: message.editedAt?.toISOString() ?? null,
    deleted: deleted ? { at: deleted.at.toISOString(), by: deleted.by } : null,
    replyTo: (replyToId && quotes.get(String(replyToId))) ?? null,
    mentions: mentions
      ? { people: mentions.memberIds.map((id) => viewSomeone(String(id), people)), room: mentions.room, tierKeys: [...mentions.tierKeys] }
      : { people: [], room: false, tierKeys: [] },
    reactions: reactions.map(({ emoji, memberIds }) => ({ emoji, count: memberIds.length })),
    thread: viewThread(message, people),
    pinnedAt: message.pin?.at.toISOString() ?? null,
  };
}

function viewThread({ thread }: MessageDocument, people: Beside['people']): MessageView['thread'] {
  if (!thread) return null;
  const { lastSeq, lastAt, gone, memberIds } = thread;
  return { count: lastSeq - gone, lastSeq, lastAt: lastAt.toISOString(), people: memberIds.map((id) => viewSomeone(String(id), people)) };
}

/** A message as it stands above the replies to it. */
export function viewQuote(message: MessageDocument, people: Beside['people']): QuoteView {
  return {
    id: String(message._id),
    seq: message.seq,
    version: message.version ?? 0,
    author: viewSomeone(String(message.authorId), people),
    excerpt: excerptOf(message.text),
  };
}

/** What this member reacted with to these messages; those without are left out. */
export function viewMyReactions(messages: readonly MessageDocument[], memberId: string): MyReactions[] {
  return messages.filter(({ reactions = [] }) => reactions.length > 0).map((message) => viewMine(message, memberId)).filter(({ emojis }) => emojis.length > 0);
}

/** What this member reacted with to one message. */
export function viewMine({ _id, version = 0, reactions = [] }: MessageDocument, memberId: string): MyReactions {
  const mine = reactions.filter(({ memberIds }) => memberIds.some((id) => String(id) === memberId));
  return { messageId: String(_id), version, emojis: mine.map(({ emoji }) => emoji) };
}

/** The people of these ids, of whom some are known without a read. */
export async function findPeople(ids: readonly string[], known: readonly PersonView[] = []): Promise<Map<string, PersonView>> {
  const people = new Map(known.map((person) => [person.id, person]));
  const others = await Member.people([...new Set(ids)].filter((id) => !people.has(id)));
  for (const [id, person] of others) people.set(id, person);
  return people;
}

const peopleOf = ({ authorId, mentions, thread }: MessageDocument): string[] => [authorId, ...(mentions?.memberIds ?? []), ...(thread?.memberIds ?? [])].map(String);

/** Of someone whose account is gone the words stay, the name does not. */
function viewSomeone(memberId: string, people: Beside['people']): PersonView {
  return people.get(memberId) ?? { id: memberId, name: '', role: 'member' };
}
