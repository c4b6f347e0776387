import { ActionIcon, Popover, Tooltip, UnstyledButton } from '@mantine/core';
import { IconMoodSmile } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/socket.js';
import { audience, Reaction } from '../../shared/contracts/live/audience.js';
import { useFailureWords } from '../ui/ErrorNote.js';
import styles from './audience.module.css';

const names = { '👏': 'clap', '❤️': 'heart', '😂': 'laugh', '🎉': 'party', '🤯': 'wow', '🤔': 'think' } as const satisfies Record<Reaction, string>;

export interface ReactionButtonProps {
  workshopId: string;
  /** Its look among the controls it stands with. */
  className?: string | undefined;
  /** It opens or closes: controls that fade stay while it is open. */
  onOpen?: (isOpen: boolean) => void;
}

/** Shows the others something without words; it stays open, for applause is more than one clap. */
export function ReactionButton({ workshopId, className, onOpen }: ReactionButtonProps) {
  const { t } = useTranslation('audience');
  const words = useFailureWords();
  const [isOpen, setOpen] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const open = (next: boolean) => {
    setOpen(next);
    setError(null);
    onOpen?.(next);
  };
  const show = async (reaction: Reaction) => {
    try {
      await call(audience.react, { workshopId, reaction });
      setError(null);
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <Popover opened={isOpen} onChange={open} position="top-start" withinPortal={false} trapFocus>
      <Popover.Target>
        <Tooltip label={t('react')} withinPortal={false} disabled={isOpen}>
          <ActionIcon variant="subtle" className={className} aria-label={t('react')} aria-expanded={isOpen} onClick={() => open(!isOpen)}><IconMoodSmile size={20} aria-hidden /></ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown className={styles['choice']}>
        <div role="group" aria-label={t('react')}>
          {Reaction.options.map((reaction) => (
            <UnstyledButton key={reaction} className={styles['reaction']} aria-label={t(names[reaction])} onClick={() => void show(reaction)}>{reaction}</UnstyledButton>
          ))}
        </div>
        {error !== null && <p role="alert">{words(error)}</p>}
      </Popover.Dropdown>
    </Popover>
  );
}
