import { Button, Kbd } from '@mantine/core';
import { IconKeyboard } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuestionView } from '../../shared/contracts/questions.js';
import { Badge } from '../ui/Badge.js';
import { Dialog } from '../ui/Dialog.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { RowsSkeleton } from '../ui/Skeletons.js';
import { ConsoleCard } from './ConsoleCard.js';
import { useConsoleKeys } from './useConsoleKeys.js';
import { useModeration } from './useModeration.js';
import type { Questions } from './useQuestions.js';
import styles from './questions.module.css';

/** The queue in three columns, from left to right as a question travels. */
export function ConsoleBoard({ questions }: { questions: Questions }) {
  if (!questions.all) return questions.error === null ? <RowsSkeleton height={96} /> : <ErrorNote error={questions.error} />;
  return <Board all={questions.all} take={questions.take} />;
}

function Board({ all, take }: { all: readonly QuestionView[]; take: Questions['take'] }) {
  const { t } = useTranslation('questions');
  const moderation = useModeration(take);
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const of = (...states: QuestionView['state'][]) => all.filter(({ state }) => states.includes(state));
  const columns = [
    { name: t('console.pending'), none: t('console.pendingNone'), items: of('pending') },
    { name: t('console.approved'), none: t('console.approvedNone'), items: of('approved') },
    { name: t('console.onAir'), none: t('console.onAirNone'), items: [...of('answering'), ...of('answered', 'dismissed').toReversed()] },
  ];
  useConsoleKeys({ inOrder: columns.flatMap(({ items }) => items), selectedId, select: setSelectedId, act: moderation.act, help: () => setHelpOpen(true) });
  const isFirst = (question: QuestionView) => all.find(({ asker }) => asker.id === question.asker.id)?.id === question.id;
  return (
    <>
      <div className={styles['board']}>
        {columns.map(({ name, none, items }) => (
          <section key={name} className={styles['column']} aria-label={name}>
            <h2>{name} <Badge>{items.length}</Badge></h2>
            {items.length === 0 && <p className="meta">{none}</p>}
            <ul className={styles['list']}>
              {items.map((each) => <ConsoleCard key={each.id} question={each} isFirst={isFirst(each)} isSelected={each.id === selectedId} onSelect={() => setSelectedId(each.id)} moderation={moderation} />)}
            </ul>
          </section>
        ))}
      </div>
      <Button className={styles['keysButton']} variant="subtle" color="gray" size="xs" leftSection={<IconKeyboard size={16} aria-hidden />} onClick={() => setHelpOpen(true)}>{t('console.keys')} <Kbd size="xs" ml={6}>?</Kbd></Button>
      <Dialog opened={isHelpOpen} onClose={() => setHelpOpen(false)} title={t('console.keysTitle')}><KeyList /></Dialog>
    </>
  );
}

function KeyList() {
  const { t } = useTranslation('questions');
  const keys = [
    ['j', t('key.down')], ['k', t('key.up')], ['a', t('key.approve')], ['n', t('key.now')],
    ['d', t('key.done')], ['x', t('key.dismiss')], ['?', t('key.help')],
  ];
  return <dl className={styles['keys']}>{keys.map(([key, word]) => <div key={key}><dt><Kbd>{key}</Kbd></dt><dd>{word}</dd></div>)}</dl>;
}
