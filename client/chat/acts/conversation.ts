/** What the parts of a conversation share: where it stands, who reads it, and what can be begun from any message. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { PersonView } from '../../../shared/contracts/members.js';
import type { MessageView } from '../../../shared/contracts/messages.js';
import type { Store } from '../../api/store.js';
import type { Writing } from '../composer/writing.js';
import type { Place } from '../session/timelineState.js';
import type { Outcome } from '../waiting/waitingActs.js';

/** What stands open about one message, or about none: the list of shortcuts. */
export type Opened =
  | { kind: 'picker' | 'menu' | 'acts' | 'remove' | 'revisions'; message: MessageView }
  | { kind: 'shortcuts' };

/** Words that are shown for a moment. */
export interface Note {
  words: string;
  isBad: boolean;
}

/** Stays the same while the conversation does, so that no row is drawn anew for it. */
export interface ConversationDesk {
  place: Place;
  me: PersonView;
  mayModerate: boolean;
  opened: Store<Opened | null>;
  note: Store<Note | null>;
  /** What is being written here. */
  writing: Writing;
  /** The key of the entry that holds the keyboard's place in the list. */
  current: Store<string | null>;
  reply: (message: MessageView) => void;
  edit: (message: MessageView) => void;
  /** Shows a message of this timeline, wherever it stands. */
  jumpTo: (seq: number) => void;
  /** Null where there are no threads: in a thread. */
  openThread: ((message: MessageView) => void) | null;
  /** Carries out what may fail, and tells in plain words when it does, or when it waits for the connection. */
  attempt: (act: () => Promise<Outcome | void>) => void;
  /** Puts the keyboard into the field where one writes. */
  write: () => void;
}

const Context = createContext<ConversationDesk | null>(null);

export const ConversationProvider = Context.Provider;

/** The conversation this component is part of. */
export function useConversation(): ConversationDesk {
  const desk = useContext(Context);
  if (desk === null) throw new Error('outside of a conversation');
  return desk;
}

/** What `choose` makes of what stands open; renders again only when that changes. */
export function useOpened<T>(choose: (opened: Opened | null) => T): T {
  const { opened } = useConversation();
  return useSyncExternalStore(opened.subscribe, () => choose(opened.get()));
}
