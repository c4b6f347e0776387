import { ActionIcon, Button, Group, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { onStage } from '../../../shared/contracts/live/onStage.js';
import type { QuestionView } from '../../../shared/contracts/live/questions.js';
import { call } from '../../api/socket.js';
import { actsOf, type Act } from './acts.js';
import type { Desk } from './useConsoleKeys.js';
import type { Moderation } from './useModeration.js';

export interface CardActsProps {
  question: QuestionView;
  isBusy: boolean;
  meId: string;
  onSelect: (questionId: string) => void;
  openDesk: (question: QuestionView, desk: Desk) => void;
  moderation: Moderation;
}

/** What can be done with a question now. The one on air can bring its asker on stage. Votes, which change all the time, change nothing of it. */
export const CardActs = memo(function CardActs({ question, isBusy, meId, onSelect, openDesk, moderation }: CardActsProps) {
  const { t } = useTranslation('questions');
  const { asker, state, workshopId } = question;
  const select = () => onSelect(question.id);
  const words: Record<Act, string> = { approve: state === 'dismissed' ? t('bringBack') : t('approve'), answerNow: state === 'answered' ? t('answerAgain') : t('answerNow'), markAnswered: t('done'), dismiss: t('dismiss'), reopen: t('reopen') };
  const invite = () => void moderation.run(question.id, async () => void (await call(onStage.invite, { workshopId, memberId: asker?.id ?? '' })));
  return (
    <Group gap={6}>
      {actsOf[state].map((act, index) => (
        <Button
          key={act} size="compact-md" variant={index === 0 && act !== 'reopen' ? 'filled' : act === 'dismiss' ? 'subtle' : 'default'} color={act === 'dismiss' ? 'gray' : 'accent'}
          disabled={isBusy} onFocus={select} onClick={() => moderation.act(question, act)}
        >
          {words[act]}
        </Button>
      ))}
      {state === 'answering' && asker && asker.id !== meId && <Button size="compact-md" variant="default" disabled={isBusy} onFocus={select} onClick={invite}>{t('invite')}</Button>}
      <More question={question} openDesk={openDesk} />
    </Group>
  );
}, isSameButVotes);

function isSameButVotes({ question: before, ...rest }: CardActsProps, { question: after, ...next }: CardActsProps): boolean {
  const isSame = <T extends object>(one: T, other: T, but: readonly string[] = []): boolean => (Object.keys(one) as (keyof T & string)[]).every((key) => but.includes(key) || Object.is(one[key], other[key]));
  return isSame(rest, next) && isSame(before, after, ['votes', 'rev']);
}

function More({ question, openDesk }: Pick<CardActsProps, 'question' | 'openDesk'>) {
  const { t } = useTranslation('questions');
  const { state } = question;
  const items: { desk: Desk; word: string; isOffered: boolean }[] = [
    { desk: 'answer', word: t(question.answer ? 'desk.answerAgain' : 'desk.answer'), isOffered: state !== 'dismissed' },
    { desk: 'merge', word: t('desk.merge'), isOffered: state === 'pending' || state === 'approved' },
    { desk: 'notes', word: t('desk.notes'), isOffered: true },
    { desk: 'post', word: t('desk.post'), isOffered: state === 'answered' },
  ];
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target><ActionIcon variant="subtle" color="gray" size={34} aria-label={t('desk.more')}><IconDots size={18} aria-hidden /></ActionIcon></Menu.Target>
      <Menu.Dropdown>{items.filter(({ isOffered }) => isOffered).map(({ desk, word }) => <Menu.Item key={desk} onClick={() => openDesk(question, desk)}>{word}</Menu.Item>)}</Menu.Dropdown>
    </Menu>
  );
}
