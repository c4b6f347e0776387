import { useMemo, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonView } from '../../shared/contracts/members.js';
import type { MessageView } from '../../shared/contracts/messages.js';
import { createStore } from '../api/store.js';
import { useFailureWords } from '../ui/ErrorNote.js';
import type { ConversationDesk, Note, Opened } from './acts/conversation.js';
import { quoteMessage, takeUpWriting } from './composer/writing.js';
import type { TimelineSession } from './session/timelineSession.js';

/** A menu that closes gives the keyboard back to where it was opened from (ms); only then can it go to the field. */
const focusReturnMs = 60;

export interface DeskOptions {
  session: TimelineSession;
  me: PersonView;
  mayModerate: boolean;
  openThread: ((message: MessageView) => void) | null;
  field: RefObject<HTMLTextAreaElement | null>;
}

/** What the parts of this conversation share. It stays the same as long as its timeline does. */
export function useDesk({ session, me, mayModerate, openThread, field }: DeskOptions): ConversationDesk {
  const { t } = useTranslation('messages');
  const words = useFailureWords();
  const { place } = session;
  const key = `guildhall.draft.${me.id}.${place.roomId}${place.threadId === null ? '' : `.${place.threadId}`}`;
  const stores = useMemo(
    () => ({ opened: createStore<Opened | null>(null), note: createStore<Note | null>(null), current: createStore<string | null>(null), writing: takeUpWriting(key) }),
    [key],
  );
  return useMemo(() => {
    const { writing, note } = stores;
    const write = (): void => void setTimeout(() => field.current?.focus(), focusReturnMs);
    return {
      ...stores,
      place,
      me,
      mayModerate,
      openThread,
      write,
      reply: (message) => {
        writing.editing.set(null);
        writing.draft.set({ ...writing.draft.get(), replyTo: quoteMessage(message) });
        write();
      },
      edit: (message) => {
        writing.editing.set({ message, text: message.text });
        write();
      },
      jumpTo: (seq) => void session.walk.standAt(seq),
      attempt: (act) => {
        act().then(
          (outcome) => outcome === 'waits' && note.set({ words: t('waits'), isBad: false }),
          (error: unknown) => note.set({ words: words(error), isBad: true }),
        );
      },
    };
    // `words` and `t` change with the language, and with it everything is drawn anew.
  }, [stores, place, me, mayModerate, openThread, session, field, words, t]);
}
