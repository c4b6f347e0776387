import { useState, useSyncExternalStore } from 'react';
import { limits } from '../../../shared/limits.js';
import { useConversation } from '../acts/conversation.js';
import { editMessage } from '../acts/messageActs.js';
import type { Written } from '../outbox.js';
import { callsOf, type CallableHere } from './callableHere.js';
import { blankDraft } from './writing.js';

/** The text being written, what is left of its room, and how it is sent; of a message that is edited, how that is saved. */
export function useWriting(callable: CallableHere, send: (written: Written) => void) {
  const { writing, attempt } = useConversation();
  const draft = useSyncExternalStore(writing.draft.subscribe, writing.draft.get);
  const editing = useSyncExternalStore(writing.editing.subscribe, writing.editing.get);
  const [isSaving, setSaving] = useState(false);
  const text = editing?.text ?? draft.text;
  const left = limits.messageLength - text.trim().length;
  const canSend = text.trim() !== '' && left >= 0 && !isSaving;

  const setText = (next: string): void => {
    if (editing === null) writing.draft.set({ ...draft, text: next });
    else writing.editing.set({ ...editing, text: next });
  };
  const save = async (): Promise<void> => {
    if (editing === null) return;
    setSaving(true);
    try {
      if (text.trim() !== editing.message.text) await editMessage(editing.message, text.trim(), callsOf(text, callable).mentions);
      writing.editing.set(null);
    } finally {
      setSaving(false);
    }
  };
  const submit = (): void => {
    if (!canSend) return;
    if (editing !== null) return attempt(save);
    send({ text: text.trim(), replyTo: draft.replyTo, ...callsOf(text, callable) });
    writing.draft.set(blankDraft);
  };
  /** Gives up the edit, or the reply; the draft's own text stays. */
  const giveUp = (): void => {
    if (editing !== null) writing.editing.set(null);
    else writing.draft.set({ ...draft, replyTo: null });
  };
  return { text, setText, left, canSend, submit, giveUp, editing, isSaving, replyTo: editing === null ? draft.replyTo : null };
}

export type WritingNow = ReturnType<typeof useWriting>;
