import { Button, Switch, Textarea } from '@mantine/core';
import { useState, type FormEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuestionView } from '../../../shared/contracts/live/questions.js';
import { limits } from '../../../shared/limits.js';
import { newClientId } from '../../api/clientId.js';
import { asks } from '../outbox.js';
import type { Questions } from '../useQuestions.js';
import { useSuggestions } from './useSuggestions.js';
import type { OwnVote } from './useVotes.js';
import { VoteButton } from './VoteButton.js';
import styles from './pane.module.css';

/** From here on the box says how much room is left. Characters. */
const tellBelow = 80;

/** What became of what was asked last; null while the next is written. */
type Outcome = 'sent' | 'full' | null;

export interface AskBoxProps {
  workshopId: string;
  settings: Questions['settings'];
  voteOf: (question: QuestionView) => OwnVote;
}

/** Where a question is asked; while it is written, it shows who has asked the same. */
export function AskBox({ workshopId, settings, voteOf }: AskBoxProps) {
  const { t } = useTranslation('questions');
  const [text, setText] = useState('');
  const [isAnonymous, setAnonymous] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>(null);
  const suggestions = useSuggestions(workshopId, text);
  const submit = (event: FormEvent | KeyboardEvent) => {
    event.preventDefault();
    if (text.trim() === '') return;
    const isOnItsWay = asks.put({ workshopId, clientQuestionId: newClientId(), text: text.trim(), isAnonymous });
    setOutcome(isOnItsWay ? 'sent' : 'full');
    if (isOnItsWay) setText('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends the choice of a character in an input method is not a wish to send.
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) submit(event);
  };
  return (
    <form className={styles['ask']} onSubmit={submit}>
      {suggestions.length > 0 && <Suggestions suggestions={suggestions} voteOf={voteOf} />}
      <div className={styles['askRow']}>
        <Textarea
          autosize maxRows={5} className={styles['askText']} aria-label={t('ask.label')} placeholder={t('ask.label')} maxLength={limits.questionLength} value={text}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setOutcome(null);
          }}
        />
        <Button type="submit" disabled={text.trim() === ''}>{t('ask')}</Button>
      </div>
      <Switch size="sm" className={styles['anonymous']} label={t('ask.anonymous')} checked={isAnonymous} onChange={(event) => setAnonymous(event.currentTarget.checked)} />
      <AskHint outcome={outcome} left={limits.questionLength - text.length} isModerated={settings?.isModerated ?? true} isAnonymous={isAnonymous} />
    </form>
  );
}

/** What there is to say of the question, as far as it has come. */
function AskHint({ outcome, left, isModerated, isAnonymous }: { outcome: Outcome; left: number; isModerated: boolean; isAnonymous: boolean }) {
  const { t } = useTranslation('questions');
  const words = (): string => {
    if (outcome === 'full') return t('ask.full');
    if (outcome === 'sent') return t(isModerated ? 'ask.sent' : 'ask.sentOpen');
    if (isAnonymous) return t('ask.anonymousHint');
    if (left < tellBelow) return t('ask.left', { count: left });
    return t(isModerated ? 'ask.hint' : 'ask.hintOpen');
  };
  return <p className="meta" role="status">{words()}</p>;
}

function Suggestions({ suggestions, voteOf }: { suggestions: readonly QuestionView[]; voteOf: AskBoxProps['voteOf'] }) {
  const { t } = useTranslation('questions');
  return (
    <section className={styles['suggestions']} aria-label={t('suggest.title')}>
      <p className="meta">{t('suggest.title')}</p>
      <ul className={styles['list']}>
        {suggestions.map((question) => {
          const own = voteOf(question);
          return (
            <li key={question.id} className={styles['suggestion']}>
              {question.state === 'pending' ? <span className="meta">{t('state.pending')}</span> : <VoteButton votes={own.votes} isOn={own.isOn} onVote={own.toggle} disabled={false} />}
              <span>{question.text}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
