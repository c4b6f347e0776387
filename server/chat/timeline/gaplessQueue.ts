import { setTimeout as pause } from 'node:timers/promises';
import { Types } from 'mongoose';
import type { SendMessage } from '../../shared/contracts/chat.js';
import type { MessageView } from '../../shared/contracts/messages.js';
import type { PersonView } from '../../shared/contracts/members.js';
import { AppError } from '../../shared/failures.js';
import { isDuplicate } from '../models/duplicate.js';
import { Message, type MessageDocument, type MessageKey } from '../models/message.js';
import type { Logger } from '../platform/logger.js';
import { viewMessage } from './chat.views.js';

/** A message whose sender waits for the answer. Its `seq` is given anew with each attempt to store it. */
interface Waiting {
  author: PersonView;
  message: MessageDocument;
  answer(view: MessageView): void;
  refuse(error: AppError): void;
}

/** How many may wait; more are refused with `server.busy`. */
const waitingMax = 1_000;
/** How many are stored, and told, at once. */
const batchMax = 64;
/** How often a batch may find that another node was faster before its senders are refused. */
const attemptsMax = 50;
/** How many messages with an unknown outcome are remembered. */
const unsureMax = 1_000;

const keyOf = ({ authorId, clientMessageId }: MessageKey): string => `${String(authorId)} ${clientMessageId}`;

/**
 * One room's queue on this node: gives messages their `seq`, stores them, and tells the room.
 *
 * Whatever waits is taken as one batch, numbered on from the newest `seq` known here, and stored in order; what comes
 * meanwhile gathers for the next batch. Another node may have been faster, a message may be a retry, the link to the store
 * may have broken: then what stands in the store is read, and that is what is told and answered. The rest is numbered anew.
 */
export class RoomQueue {
  private readonly waiting: Waiting[] = [];
  private work: Promise<void> | null = null;
  /** The room's newest `seq`; null while it is not known for certain. */
  private newest: number | null = null;
  /** Ids of messages that this node tried to store and has not told: if they stand, they are still to be told. */
  private readonly untold = new Set<string>();

  /** @param tell - tells the room what was stored, rising by `seq`. */
  constructor(
    private readonly roomId: string,
    private readonly tell: (messages: MessageView[]) => void,
    private readonly log: Logger,
  ) {}

  /**
   * Stores the message once and answers with what stands.
   *
   * @throws server.busy - too many wait, or the store does not take it now.
   * @throws input.invalid - the author's `clientMessageId` names a message in another room.
   */
  post(author: PersonView, input: SendMessage, sentAt: Date): Promise<MessageView> {
    if (this.waiting.length >= waitingMax) return Promise.reject(new AppError('server.busy'));
    return new Promise((answer, refuse) => {
      this.waiting.push({ author, message: compose(author, input, sentAt), answer, refuse });
      this.work ??= this.workOff();
    });
  }

  /** Waits until nothing is queued or under way. */
  async idle(): Promise<void> {
    await this.work;
  }

  private async workOff(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, batchMax);
      await this.storeBatch(batch).catch((error: unknown) => this.refuseAll(batch, error));
    }
    this.work = null;
  }

  private async storeBatch(batch: readonly Waiting[]): Promise<void> {
    let rest = batch;
    for (let attempt = 1; rest.length > 0; attempt += 1) {
      const refused = await this.tryToStore(rest);
      const stand = refused ? await Message.findSent(rest.map(({ message }) => message)) : rest.map(({ message }) => message);
      rest = this.finish(rest, new Map(stand.map((message) => [keyOf(message), message])));
      if (!refused || rest.length === 0) return;
      if (!isDuplicate(refused.error) || attempt === attemptsMax) throw refused.error;
      // Nodes that write to the same room must not meet again in step.
      await pause(Math.random() * Math.min(attempt, 10));
    }
  }

  /** Null when all of them were stored; otherwise only the store can tell which were. */
  private async tryToStore(batch: readonly Waiting[]): Promise<{ error: unknown } | null> {
    const last = this.newest ?? (await Message.newestSeq(this.roomId));
    this.newest = null;
    for (const [place, { message }] of batch.entries()) {
      message.seq = last + 1 + place;
      this.untold.add(String(message._id));
    }
    try {
      await Message.storeInOrder(batch.map(({ message }) => message));
    } catch (error) {
      return { error };
    }
    this.newest = last + batch.length;
    return null;
  }

  /** Tells what of the batch stands and was not told, then answers its senders. Returns those that do not stand. */
  private finish(batch: readonly Waiting[], stand: ReadonlyMap<string, MessageDocument>): Waiting[] {
    const standing = batch.map((one) => ({ one, message: stand.get(keyOf(one.message)) }));
    const news = standing.flatMap(({ one, message }) => (message && this.isNews(message) ? [viewMessage(message, one.author)] : []));
    if (news.length > 0) this.tell(news.toSorted((first, second) => first.seq - second.seq));
    for (const { one, message } of standing) if (message) this.answer(one, message);
    return standing.filter(({ message }) => !message).map(({ one }) => one);
  }

  /** Whether the message was stored by this node and not told yet; it is told now, and no second time. */
  private isNews(message: MessageDocument): boolean {
    return this.untold.delete(String(message._id));
  }

  private answer({ author, message, answer, refuse }: Waiting, stored: MessageDocument): void {
    // A retry was never stored itself.
    this.untold.delete(String(message._id));
    if (String(stored.roomId) === this.roomId) answer(viewMessage(stored, author));
    else refuse(new AppError('input.invalid', { problems: [{ path: 'clientMessageId', message: 'names a message in another room' }] }));
  }

  /** Refuses those that are still unanswered. Their ids stay untold: a write that was on its way may yet arrive. */
  private refuseAll(batch: readonly Waiting[], error: unknown): void {
    this.log.warn({ roomId: this.roomId, err: error }, 'messages could not be stored');
    for (const { refuse } of batch) refuse(new AppError('server.busy'));
    for (const id of [...this.untold].slice(0, Math.max(0, this.untold.size - unsureMax))) this.untold.delete(id);
  }
}

function compose(author: PersonView, { roomId, clientMessageId, text }: SendMessage, sentAt: Date): MessageDocument {
  return { _id: new Types.ObjectId(), roomId: new Types.ObjectId(roomId), seq: 0, authorId: new Types.ObjectId(author.id), clientMessageId, text, sentAt };
}
