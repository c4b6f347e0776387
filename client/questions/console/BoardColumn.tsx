import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonView } from '../../../shared/contracts/members.js';
import type { QuestionView } from '../../../shared/contracts/live/questions.js';
import { Badge } from '../../ui/Badge.js';
import { useSteadyOrder } from '../useSteadyOrder.js';
import type { Column } from './columns.js';
import { ConsoleCard } from './ConsoleCard.js';
import type { Desk } from './useConsoleKeys.js';
import type { Moderation, ModerationState } from './useModeration.js';
import styles from './console.module.css';

export interface BoardColumnProps {
  column: Column['key'];
  items: readonly QuestionView[];
  all: readonly QuestionView[];
  isHeld: boolean;
  /** What the host has chosen or done: the rows move at once when it changes. */
  chosen: string;
  selectedId: string | null;
  onSelect: (questionId: string) => void;
  moderation: Moderation;
  busyId: ModerationState['busyId'];
  trouble: ModerationState['trouble'];
  openDesk: (question: QuestionView, desk: Desk) => void;
  me: PersonView;
}

/** One column of the console. Whoever walks through it by keyboard draws no other anew. */
export const BoardColumn = memo(function BoardColumn({ column, items, all, isHeld, chosen, selectedId, onSelect, moderation, busyId, trouble, openDesk, me }: BoardColumnProps) {
  const { t } = useTranslation('questions');
  const rows = useSteadyOrder(items, isHeld, chosen);
  const merged = useMemo(() => groupMerged(all), [all]);
  const firsts = useMemo(() => firstQuestions(all), [all]);
  const names = { pending: t('console.pending'), approved: t('console.approved'), onAir: t('console.onAir') };
  const none = { pending: t('console.pendingNone'), approved: t('console.approvedNone'), onAir: t('console.onAirNone') };
  return (
    <section className={styles['column']} aria-label={names[column]}>
      <h2>{names[column]} <Badge>{items.length}</Badge></h2>
      {items.length === 0 && <p className="meta">{none[column]}</p>}
      <ul className={styles['list']}>
        {rows.map(({ question, isGone }) => (
          <ConsoleCard
            key={question.id} question={question} isGone={isGone} isFirst={firsts.has(question.id)} isSelected={question.id === selectedId} onSelect={onSelect} moderation={moderation}
            isBusy={busyId === question.id} trouble={trouble?.questionId === question.id ? trouble.error : null} openDesk={openDesk} merged={merged.get(question.id) ?? nobody} meId={me.id}
          />
        ))}
      </ul>
    </section>
  );
});

const nobody: readonly QuestionView[] = [];

function groupMerged(all: readonly QuestionView[]): ReadonlyMap<string, readonly QuestionView[]> {
  const groups = new Map<string, QuestionView[]>();
  for (const question of all) if (question.mergedIntoId !== null) groups.set(question.mergedIntoId, [...(groups.get(question.mergedIntoId) ?? []), question]);
  return groups;
}

/** The first question of each asker. */
function firstQuestions(all: readonly QuestionView[]): ReadonlySet<string> {
  const first = new Map<string, string>();
  for (const { id, asker } of all) if (asker && !first.has(asker.id)) first.set(asker.id, id);
  return new Set(first.values());
}
