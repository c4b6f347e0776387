/**
 * What I do to messages, kept until the server knows it: what cannot be told now waits and is told when the connection is
 * back, by whichever tab is there. It may be told twice, for each says how something shall be; of two that wait for the same
 * thing the later one counts.
 */
import { useSyncExternalStore } from 'react';
import { z } from 'zod';
import { EditMessage, messages, OfMessage, React } from '../../../shared/contracts/messages.js';
import { connection } from '../../api/connection.js';
import { OfflineError } from '../../api/problems.js';
import { Queue, type Waiting } from '../../api/waiting/queue.js';
import { session } from '../../api/session.js';
import { call } from '../../api/socket.js';
import { tellReply } from '../replies.js';

const MessageAct = z.discriminatedUnion('kind', [
  React.extend({ kind: z.literal('react') }),
  EditMessage.extend({ kind: z.literal('edit') }),
  OfMessage.extend({ kind: z.literal('remove') }),
]);
/** Something I do to a message of a room. */
export type MessageAct = z.infer<typeof MessageAct>;

/** What came of an act: the server knows it, or it waits for the connection. */
export type Outcome = 'done' | 'waits';

/** An act that waits, or that was refused. */
export type WaitingAct = Waiting<MessageAct>;

const queue = new Queue<MessageAct>({ name: 'acts', unit: 'changes', schema: MessageAct, keepsRefused: true, laneOf: ({ messageId }) => messageId, deliver });

async function deliver(act: MessageAct): Promise<void> {
  const of = { roomId: act.roomId, messageId: act.messageId };
  if (act.kind === 'react') {
    const { message, mine } = await call(messages.react, { ...of, emoji: act.emoji, isOn: act.isOn });
    tellReply(message, mine);
  } else if (act.kind === 'edit') {
    tellReply(await call(messages.edit, { ...of, text: act.text, mentions: act.mentions }));
  } else {
    tellReply(await call(messages.remove, of));
  }
}

/** What an act is about: two of the same name are two wishes for one thing. */
function nameOf(act: MessageAct): string {
  return act.kind === 'react' ? `${act.messageId}.react.${act.emoji}` : `${act.messageId}.${act.kind}`;
}

/**
 * Carries an act out; where the server cannot be told, or where others on the same message wait already, it waits.
 *
 * @throws AppError - the server refuses it.
 * @throws OfflineError - the server cannot be told, and no more can be kept.
 */
export async function carryOut(act: MessageAct): Promise<Outcome> {
  const me = session.get().me?.id;
  const isBehind = queue.waiting.get().some(({ item, refusal }) => refusal === null && item.messageId === act.messageId);
  if (!isBehind && connection.get().state !== 'offline') {
    try {
      await deliver(act);
      return 'done';
    } catch (error) {
      // What one member began is not left to whoever signed in meanwhile.
      if (!(error instanceof OfflineError) || session.get().me?.id !== me) throw error;
    }
  }
  if (!queue.add(nameOf(act), act)) throw new OfflineError();
  return 'waits';
}

/** Tries an act again that was refused. */
export function actAgain(id: string): void {
  queue.again(id);
}

/** Gives up an act that was refused. */
export function giveUpAct(id: string): void {
  queue.drop(id);
}

/** All that is not done yet, in the order it was begun. */
export function useWaitingActs(): readonly WaitingAct[] {
  return useSyncExternalStore(queue.waiting.subscribe, queue.waiting.get);
}
