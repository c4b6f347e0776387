import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { limits } from '../../../shared/limits.js';
import { useConversation } from '../acts/conversation.js';
import { editMessage } from '../acts/messageActs.js';
import type { Written } from '../outbox.js';
import { alsoCallable, callsOf, type CallableHere } from './callableHere.js';
import type { Outcome } from '../waiting/waitingActs.js';
import { blankDraft, type Editing } from './writing.js';

/** The text being written, what is left of its room, and how it is sent; of a message that is edited, how that is saved. */
export function useWriting(callable: CallableHere, send: (written: Written) => boolean) {
  const { t } = useTranslation('chat');
  const { writing, note, attempt } = useConversation();
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
  const save = async ({ message }: Editing): Promise<Outcome> => {
    setSaving(true);
    try {
      const isChanged = text.trim() !== message.text;
      // Whom it calls already it goes on calling, though they are not here to be seen.
      const outcome = isChanged ? await editMessage(message, text.trim(), callsOf(text, alsoCallable(callable, message.mentions.people)).mentions) : 'done';
      writing.editing.set(null);
      return outcome;
    } finally {
      setSaving(false);
    }
  };
  const submit = (): void => {
    if (!canSend) return;
    if (editing !== null) return attempt(() => save(editing));
    const isOnItsWay = send({ text: text.trim(), replyTo: draft.replyTo, ...callsOf(text, callable) });
    if (isOnItsWay) writing.draft.set(blankDraft);
    else note.set({ words: t('outboxFull'), isBad: true });
  };
  /** Gives up the edit, or the reply; the draft's own text stays. */
  const giveUp = (): void => {
    if (editing !== null) writing.editing.set(null);
    else writing.draft.set({ ...draft, replyTo: null });
  };
  return { text, setText, left, canSend, submit, giveUp, editing, isSaving, replyTo: editing === null ? draft.replyTo : null };
}

export type WritingNow = ReturnType<typeof useWriting>;
