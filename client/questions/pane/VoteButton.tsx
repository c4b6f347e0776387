import { UnstyledButton } from '@mantine/core';
import { IconChevronUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './pane.module.css';

/** How many vote for a question, and the reader's own vote. */
export function VoteButton({ votes, isOn, onVote, disabled }: { votes: number; isOn: boolean; onVote: () => void; disabled: boolean }) {
  const { t } = useTranslation('questions');
  return (
    <UnstyledButton className={styles['vote']} data-on={isOn} aria-pressed={isOn} disabled={disabled} onClick={onVote} aria-label={t('vote.label', { count: votes })}>
      <IconChevronUp size={18} aria-hidden />
      <span className="tabular">{votes}</span>
    </UnstyledButton>
  );
}
