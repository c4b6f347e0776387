import { Button, Kbd, NativeSelect } from '@mantine/core';
import { IconArrowBackUp, IconKeyboard } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonView } from '../../../shared/contracts/members.js';
import type { QuestionView } from '../../../shared/contracts/live/questions.js';
import type { WorkshopView } from '../../../shared/contracts/workshops.js';
import { Dialog } from '../../ui/Dialog.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { RowsSkeleton } from '../../ui/Skeletons.js';
import { useHeld } from '../useHeld.js';
import type { Questions } from '../useQuestions.js';
import { BoardColumn } from './BoardColumn.js';
import { columnsOf, orders, type Order } from './columns.js';
import { DeskDialog } from './DeskDialog.js';
import { KeyList } from './KeyList.js';
import { useConsoleKeys, type Desk } from './useConsoleKeys.js';
import { useModeration } from './useModeration.js';
import styles from './console.module.css';

/** The queue in three columns, from left to right as a question travels. */
export function ConsoleBoard({ questions, workshop, me }: { questions: Questions; workshop: WorkshopView; me: PersonView }) {
  if (!questions.all) return questions.error === null ? <RowsSkeleton height={96} /> : <ErrorNote error={questions.error} />;
  return <Board all={questions.all} take={questions.take} workshop={workshop} me={me} />;
}

interface BoardProps {
  all: readonly QuestionView[];
  take: Questions['take'];
  workshop: WorkshopView;
  me: PersonView;
}

function Board({ all, take, workshop, me }: BoardProps) {
  const { t } = useTranslation('questions');
  const { moderation, state } = useModeration(all, take);
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [desk, setDesk] = useState<{ questionId: string; desk: Desk } | null>(null);
  const [openDesk] = useState(() => (question: QuestionView, which: Desk) => setDesk({ questionId: question.id, desk: which }));
  const [order, setOrder] = useState<Order>('oldest');
  const held = useHeld();
  const columns = useMemo(() => columnsOf(all, order), [all, order]);
  useConsoleKeys({
    inOrder: columns.flatMap(({ items }) => items), selectedId, select: setSelectedId, open: openDesk,
    act: (question, act) => moderation.act(question, act), undo: () => moderation.undo(), help: () => setHelpOpen(true),
  });
  const open = desk && all.find(({ id }) => id === desk.questionId);
  return (
    <>
      <div className={styles['tools']}>
        <NativeSelect
          size="xs" aria-label={t('sort.label')} value={order} onChange={(event) => setOrder(orders.find((one) => one === event.currentTarget.value) ?? 'oldest')}
          data={orders.map((value) => ({ value, label: t(`console.order.${value}`) }))}
        />
        <Button variant="default" size="xs" disabled={state.done.length === 0} leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={() => moderation.undo()}>{t('undo')} <Kbd size="xs" ml={6}>u</Kbd></Button>
        <Button variant="subtle" color="gray" size="xs" leftSection={<IconKeyboard size={16} aria-hidden />} onClick={() => setHelpOpen(true)}>{t('console.keys')} <Kbd size="xs" ml={6}>?</Kbd></Button>
      </div>
      <div className={styles['board']} {...held.handlers}>
        {columns.map(({ key, items }) => (
          <BoardColumn
            key={key} column={key} items={items} all={all} isHeld={held.isHeld} chosen={`${order} ${state.acted}`} selectedId={items.some(({ id }) => id === selectedId) ? selectedId : null} onSelect={setSelectedId}
            moderation={moderation} busyId={state.busyId} trouble={state.trouble} openDesk={openDesk} me={me}
          />
        ))}
      </div>
      <Dialog opened={isHelpOpen} onClose={() => setHelpOpen(false)} title={t('console.keysTitle')}><KeyList /></Dialog>
      {open && <DeskDialog key={`${open.id} ${desk.desk}`} desk={desk.desk} question={open} all={all} workshop={workshop} moderation={moderation} take={take} onClose={() => setDesk(null)} />}
    </>
  );
}
