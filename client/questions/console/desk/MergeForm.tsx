import { Stack, TextInput, UnstyledButton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { questions, type QuestionView } from '../../../../shared/contracts/live/questions.js';
import { call } from '../../../api/socket.js';
import { Badge } from '../../../ui/Badge.js';
import type { Moderation } from '../useModeration.js';
import styles from '../console.module.css';

export interface MergeFormProps {
  question: QuestionView;
  all: readonly QuestionView[];
  moderation: Moderation;
  onDone: () => void;
}

/** So many are offered; whoever looks for another writes some of it. */
const offered = 8;

/** Which question asks the same: the likest first. */
export function MergeForm({ question, all, moderation, onDone }: MergeFormProps) {
  const { t } = useTranslation('questions');
  const [find, setFind] = useState('');
  const likest = useLikest(question);
  const place = (id: string) => (likest.includes(id) ? likest.indexOf(id) : likest.length);
  const candidates = all
    .filter(({ id, state, mergedIntoId }) => id !== question.id && mergedIntoId === null && state !== 'dismissed')
    .filter(({ text }) => text.toLocaleLowerCase().includes(find.trim().toLocaleLowerCase()))
    .toSorted((one, other) => place(one.id) - place(other.id) || other.votes - one.votes)
    .slice(0, offered);
  const choose = (other: QuestionView) => {
    moderation.merge(question, other);
    onDone();
  };
  return (
    <Stack gap="sm">
      <TextInput data-autofocus label={t('merge.find')} description={t('merge.hint')} value={find} onChange={(event) => setFind(event.currentTarget.value)} />
      {candidates.length === 0 && <p className="meta">{t('merge.none')}</p>}
      <ul className={styles['candidates']}>
        {candidates.map((other) => (
          <li key={other.id}>
            <UnstyledButton className={styles['candidate']} onClick={() => choose(other)}>
              <span>{other.text}</span>
              {likest.includes(other.id) && <Badge tone="accent">{t('merge.alike')}</Badge>}
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </Stack>
  );
}

/** The ids of those that ask much the same. */
function useLikest({ workshopId, id, text }: QuestionView): readonly string[] {
  const [likest, setLikest] = useState<readonly string[]>([]);
  useEffect(() => {
    let isCurrent = true;
    const ask = async () => {
      try {
        const found = await call(questions.suggest, { workshopId, text });
        if (isCurrent) setLikest(found.map((one) => one.id).filter((one) => one !== id));
      } catch {
        // Without it the list stands by votes.
      }
    };
    void ask();
    return () => {
      isCurrent = false;
    };
  }, [workshopId, id, text]);
  return likest;
}
