import { useTranslation } from 'react-i18next';
import type { QuestionView } from '../../../shared/contracts/live/questions.js';
import type { WorkshopView } from '../../../shared/contracts/workshops.js';
import { Dialog } from '../../ui/Dialog.js';
import type { Questions } from '../useQuestions.js';
import { AnswerForm } from './desk/AnswerForm.js';
import { MergeForm } from './desk/MergeForm.js';
import { NotesForm } from './desk/NotesForm.js';
import { PostForm } from './desk/PostForm.js';
import type { Desk } from './useConsoleKeys.js';
import type { Moderation } from './useModeration.js';
import styles from './console.module.css';

export interface DeskDialogProps {
  desk: Desk;
  question: QuestionView;
  all: readonly QuestionView[];
  workshop: WorkshopView;
  moderation: Moderation;
  take: Questions['take'];
  onClose: () => void;
}

/** What takes more than a key: answering in writing, merging, notes, and telling it in a room. */
export function DeskDialog({ desk, question, all, workshop, moderation, take, onClose }: DeskDialogProps) {
  const { t } = useTranslation('questions');
  const titles: Record<Desk, string> = { answer: t('desk.answer'), merge: t('desk.merge'), notes: t('desk.notes'), post: t('desk.post') };
  const forms: Record<Desk, () => React.ReactNode> = {
    answer: () => <AnswerForm question={question} take={take} onDone={onClose} />,
    merge: () => <MergeForm question={question} all={all} moderation={moderation} onDone={onClose} />,
    notes: () => <NotesForm question={question} hosts={workshop.hosts} take={take} onDone={onClose} />,
    post: () => <PostForm question={question} room={{ id: workshop.roomId, name: workshop.title }} onDone={onClose} />,
  };
  return (
    <Dialog opened onClose={onClose} title={titles[desk]} size="lg">
      <blockquote className={styles['quoted']}>{question.text}</blockquote>
      {forms[desk]()}
    </Dialog>
  );
}
