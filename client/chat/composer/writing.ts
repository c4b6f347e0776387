/** What is being written in one timeline: a draft that is kept in this browser, or a message of mine that is being edited. */
import { z } from 'zod';
import { QuoteView, type MessageView } from '../../../shared/contracts/messages.js';
import { excerptOf } from '../../../shared/excerpt.js';
import { createStore, type Store } from '../../api/store.js';

/** A message that is being written, and what it answers. */
export interface Draft {
  text: string;
  replyTo: QuoteView | null;
}

/** A message that is being edited, and what it shall say. */
export interface Editing {
  message: MessageView;
  text: string;
}

export interface Writing {
  draft: Store<Draft>;
  editing: Store<Editing | null>;
}

const Kept = z.object({ text: z.string(), replyTo: QuoteView.nullable() });
export const blankDraft: Draft = { text: '', replyTo: null };

function read(key: string): Draft {
  const kept = localStorage.getItem(key);
  if (kept === null) return blankDraft;
  try {
    return Kept.parse(JSON.parse(kept));
  } catch {
    // Kept by an earlier version, as the bare text.
    return { text: kept, replyTo: null };
  }
}

/** Takes up what was being written under `key`; each timeline has its own. */
export function takeUpWriting(key: string): Writing {
  const draft = createStore(read(key));
  draft.subscribe(() => {
    const now = draft.get();
    if (now.text === '' && now.replyTo === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(now));
  });
  return { draft, editing: createStore<Editing | null>(null) };
}

/** A message as it stands above a reply to it. */
export function quoteMessage({ id, seq, version, author, text }: MessageView): QuoteView {
  return { id, seq, version, author, excerpt: excerptOf(text) };
}
