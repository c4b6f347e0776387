import { Button, Textarea } from '@mantine/core';
import type { FormEvent, KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuestionView } from '../../shared/contracts/questions.js';
import { limits } from '../../shared/limits.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { useAsk } from './useAsk.js';
import styles from './questions.module.css';

/** From here on the box says how much room is left. Characters. */
const tellBelow = 80;

/** Where a question is asked. */
export function AskBox({ workshopId, onAsked }: { workshopId: string; onAsked: (question: QuestionView) => void }) {
  const { t } = useTranslation('questions');
  const { text, write, state, error, ask } = useAsk(workshopId, onAsked);
  const left = limits.questionLength - text.length;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends the choice of a character in an input method is not a wish to send.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    ask();
  };
  return (
    <form className={styles['ask']} onSubmit={submit}>
      <ErrorNote error={error} />
      <div className={styles['askRow']}>
        <Textarea
          autosize maxRows={5} className={styles['askText']} aria-label={t('ask.label')} placeholder={t('ask.label')}
          maxLength={limits.questionLength} value={text} onKeyDown={onKeyDown} onChange={(event) => write(event.currentTarget.value)}
        />
        <Button type="submit" loading={state === 'asking'} disabled={text.trim() === ''}>{t('ask')}</Button>
      </div>
      <p className="meta" role="status">{state === 'asked' ? t('ask.sent') : left < tellBelow ? t('ask.left', { count: left }) : t('ask.hint')}</p>
    </form>
  );
}
