import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../../shared/contracts/messages.js';
import { AskOnce } from '../../ui/AskOnce.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { useConversation } from './conversation.js';
import { removeMessage } from './messageActs.js';
import styles from './Opened.module.css';

/** Asks once before a message is taken away: what it said cannot be had back. */
export function RemoveQuestion({ message, close }: { message: MessageView; close: () => void }) {
  const { t } = useTranslation('messages');
  const { me, note } = useConversation();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const remove = async (): Promise<void> => {
    setBusy(true);
    try {
      const outcome = await removeMessage(message);
      close();
      if (outcome === 'waits') note.set({ words: t('waits'), isBad: false });
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  const isMine = message.author.id === me.id;
  return (
    <AskOnce opened onClose={close} title={isMine ? t('removeMine') : t('removeOf', { name: message.author.name })} confirm={t('act.remove')} tone="bad" isBusy={isBusy} onConfirm={() => void remove()}>
      <blockquote className={styles['quoted']}>{message.text}</blockquote>
      <p>{message.thread === null ? t('removeWarning') : t('removeWarningThread')}</p>
      <ErrorNote error={problem} />
    </AskOnce>
  );
}
