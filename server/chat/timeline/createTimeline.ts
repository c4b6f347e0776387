import { Types } from 'mongoose';
import type { z } from 'zod';
import { chat } from '../../../shared/contracts/chat.js';
import type { MessageView } from '../../../shared/contracts/messages.js';
import { AppError } from '../../../shared/failures.js';
import { viewMessage, viewOneMessage, type Beside } from '../../access/messageViews.js';
import type { Deps } from '../../deps.js';
import { Message, type MessageDocument, type TimelineKey } from '../../models/messages/message.js';
import { timelineChannel } from '../../realtime/channels.js';
import type { TellHere } from '../../realtime/publish.js';
import { storeMentions } from '../storeMentions.js';
import { GaplessQueue, GaplessQueues, type Entry, type Shelf } from './gaplessQueue.js';
import { refreshThread } from './refreshThread.js';
import type { Said, Timeline } from './timeline.js';

/** A message on its way, with those its view shows. */
interface Draft extends Entry<MessageDocument> {
  beside: Beside;
}

export interface TimelineDeps extends Pick<Deps, 'now' | 'log' | 'changes' | 'bells' | 'bus'> {
  tellHere: TellHere;
  /** Hears of what this node has stored and told in one timeline: from which `seq` to which. */
  onPosted(timeline: TimelineKey, first: number, last: number): void;
}

/**
 * What was posted reaches each node once, in one text with the bell's news, and each tells those who are connected to it. It
 * learns by it too up to where the timeline stands, and does not have to find out by being refused a number.
 */
const postedTopic = 'timeline:posted';
type Posted = z.input<typeof chat.posted.data>;

/** All timelines, as far as this node writes them: one queue a timeline. */
export function createTimeline(deps: TimelineDeps): Timeline {
  const queues = new GaplessQueues<MessageDocument, Draft>((name) => {
    const timeline = readName(name);
    return new GaplessQueue(messageShelf(timeline), (news) => tellPosted(deps, timeline, news), deps.log);
  });
  deps.bus.subscribe(postedTopic, (data) => {
    const posted = data as Posted;
    deps.tellHere(timelineChannel(posted.roomId, posted.threadId), chat.posted, posted);
    queues.hear(nameOf(posted), posted.messages.at(-1)?.seq ?? 0);
  });

  return {
    async post({ author, input, beside = { people: new Map([[author.id, author]]), quotes: new Map() } }) {
      const document = compose({ author, input }, deps.now());
      const stored = await queues.of(nameOf(input)).add({ document, beside });
      if (stored._id.equals(document._id)) return viewMessage(stored, beside);
      if (String(stored.roomId) === input.roomId && (stored.threadId ? String(stored.threadId) : null) === input.threadId) return viewOneMessage(stored, [author]);
      throw new AppError('input.invalid', { problems: [{ path: 'clientMessageId', message: 'names a message in another timeline' }] });
    },
    repairThread: (root) => refreshThread(deps, root._id),
    drain: () => queues.idle(),
  };
}

const nameOf = ({ roomId, threadId }: TimelineKey): string => (threadId === null ? roomId : `${roomId}/${threadId}`);

function readName(name: string): TimelineKey {
  const [roomId = '', threadId = null] = name.split('/');
  return { roomId, threadId };
}

const messageShelf = (timeline: TimelineKey): Shelf<MessageDocument> => ({
  newest: () => Message.newestSeq(timeline),
  numberOf: ({ seq }) => seq,
  number(message, to) {
    message.seq = to;
  },
  keyOf: ({ authorId, clientMessageId }) => `${String(authorId)} ${clientMessageId}`,
  storeInOrder: (messages) => Message.storeInOrder(messages),
  findStanding: (messages) => Message.findSent(messages),
});

async function tellPosted(deps: TimelineDeps, { roomId, threadId }: TimelineKey, news: readonly Draft[]): Promise<void> {
  const views = news.map(({ document, beside }): MessageView => viewMessage(document, beside));
  deps.bus.publish(postedTopic, { roomId, threadId, messages: views } satisfies Posted);
  deps.bells.posted(views);
  deps.onPosted({ roomId, threadId }, views[0]?.seq ?? 0, views.at(-1)?.seq ?? 0);
  if (threadId === null) return;
  // The replies stand and are told. What their first message shows of them is made true when the thread is opened, if not now.
  await refreshThread(deps, new Types.ObjectId(threadId)).catch((error: unknown) => deps.log.warn({ threadId, err: error }, 'a thread could not be summed up'));
}

function compose({ author, input }: Said, sentAt: Date): MessageDocument {
  const { roomId, threadId, clientMessageId, text, replyToId, mentions } = input;
  const stored = storeMentions(mentions);
  return {
    _id: new Types.ObjectId(),
    roomId: new Types.ObjectId(roomId),
    ...(threadId === null ? {} : { threadId: new Types.ObjectId(threadId) }),
    seq: 0,
    authorId: new Types.ObjectId(author.id),
    clientMessageId,
    text,
    sentAt,
    ...(replyToId === null ? {} : { replyToId: new Types.ObjectId(replyToId) }),
    ...(stored ? { mentions: stored } : {}),
  };
}
