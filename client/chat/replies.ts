/** What replies to my own acts tell of messages: whoever shows a timeline hears it here, before the push comes round. */
import type { MessageView, MyReactions } from '../../shared/contracts/messages.js';

export interface ToldByReply {
  message: MessageView;
  /** What I reacted with, where the reply tells it. */
  mine: MyReactions | null;
}

const listeners = new Set<(told: ToldByReply) => void>();

/** Tells everybody who listens what a reply said of a message. */
export function tellReply(message: MessageView, mine: MyReactions | null = null): void {
  for (const listener of [...listeners]) listener({ message, mine });
}

/** Hears of each message that a reply tells of; the answer stops it. */
export function onReply(listener: (told: ToldByReply) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
