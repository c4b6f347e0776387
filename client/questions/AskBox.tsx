import { Button, Textarea } from '@mantine/core';
import { useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientId } from '../api/clientId.js';
import { call } from '../api/socket.js';
import { questions, type QuestionView } from '../../shared/contracts/questions.js';
import { limits } from '../../shared/limits.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import styles from './questions.module.css';

/** From here on the box says how much room is left. Characters. */
const tellBelow = 80;

/** Where a question is asked. What was not stored stays in the box; asking again asks the same question. */
export function AskBox({ workshopId, onAsked }: { workshopId: string; onAsked: (question: QuestionView) => void }) {
  const { t } = useTranslation('questions');
  const [text, setText] = useState('');
  const [state, setState] = useState<'writing' | 'asking' | 'asked'>('writing');
  const [error, setError] = useState<unknown>(null);
  const named = useRef({ text: '', id: '' });
  const left = limits.questionLength - text.length;

  const ask = async () => {
    const question = text.trim();
    if (question === '' || state === 'asking') return;
    if (named.current.text !== question) named.current = { text: question, id: newClientId() };
    setState('asking');
    setError(null);
    try {
      onAsked(await call(questions.ask, { workshopId, clientQuestionId: named.current.id, text: question }));
      named.current = { text: '', id: '' };
      setText('');
      setState('asked');
    } catch (failure) {
      setError(failure);
      setState('writing');
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void ask();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends the choice of a character in an input method is not a wish to send.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void ask();
  };
  return (
    <form className={styles['ask']} onSubmit={submit}>
      <ErrorNote error={error} />
      <div className={styles['askRow']}>
        <Textarea
          autosize maxRows={5} className={styles['askText']} aria-label={t('ask.label')} placeholder={t('ask.label')}
          maxLength={limits.questionLength} value={text} onKeyDown={onKeyDown}
          onChange={(event) => { setText(event.currentTarget.value); setState('writing'); }}
        />
        <Button type="submit" loading={state === 'asking'} disabled={text.trim() === ''}>{t('ask')}</Button>
      </div>
      <p className="meta" role="status">{state === 'asked' ? t('ask.sent') : left < tellBelow ? t('ask.left', { count: left }) : t('ask.hint')}</p>
    </form>
  );
}
