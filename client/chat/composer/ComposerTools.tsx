import { ActionIcon, Button, Popover, Tooltip, UnstyledButton } from '@mantine/core';
import { IconEye, IconEyeOff, IconMoodSmile, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmojiPicker } from '../emoji/EmojiPicker.js';
import { setEnterSends, useEnterSends } from './sendKey.js';
import type { WritingNow } from './useWriting.js';
import styles from './Composer.module.css';

/** From this many characters before the limit on, the rest is counted. */
const countWithin = 400;

function Rest({ left }: { left: number }) {
  const { t } = useTranslation('chat');
  if (left > countWithin) return null;
  return (
    <span className={styles['left']} data-over={left < 0} role="status">
      {left < 0 ? t('tooLong', { count: -left }) : t('charactersLeft', { count: left })}
    </span>
  );
}

function EmojiButton({ insert }: { insert: (emoji: string) => void }) {
  const { t } = useTranslation('messages');
  const [isOpen, setOpen] = useState(false);
  const choose = (emoji: string): void => {
    setOpen(false);
    insert(emoji);
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} trapFocus returnFocus position="top-start" shadow="md">
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size={32} aria-label={t('insertEmoji')} className={styles['emojiButton']} onClick={() => setOpen(!isOpen)}>
          <IconMoodSmile size={19} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={8}>
        <EmojiPicker choose={choose} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** Which key sends, as a switch: those who write in paragraphs want Enter for themselves. */
function SendKey() {
  const { t } = useTranslation('messages');
  const enterSends = useEnterSends();
  return (
    <Tooltip label={enterSends ? t('sendKey.toCtrl') : t('sendKey.toEnter')}>
      <UnstyledButton className={styles['hint']} onClick={() => setEnterSends(!enterSends)}>
        {enterSends ? t('sendKey.enter') : t('sendKey.ctrl')}
      </UnstyledButton>
    </Tooltip>
  );
}

export interface ComposerToolsProps {
  now: WritingNow;
  isPreview: boolean;
  setPreview: (isOn: boolean) => void;
  insert: (emoji: string) => void;
}

/** Beneath the field: emoji, preview, how much room is left, and the button that sends. */
export function ComposerTools({ now, isPreview, setPreview, insert }: ComposerToolsProps) {
  const { t } = useTranslation(['messages', 'chat', 'common']);
  return (
    <div className={styles['tools']}>
      <EmojiButton insert={insert} />
      {now.text.trim() !== '' && (
        <Tooltip label={isPreview ? t('messages:writeOn') : t('messages:preview')}>
          <ActionIcon variant="subtle" color="gray" size={32} aria-pressed={isPreview} aria-label={t('messages:preview')} onClick={() => setPreview(!isPreview)}>
            {isPreview ? <IconEyeOff size={19} /> : <IconEye size={19} />}
          </ActionIcon>
        </Tooltip>
      )}
      <span className={styles['space']} />
      <Rest left={now.left} />
      <SendKey />
      <Button type="submit" disabled={!now.canSend} loading={now.isSaving} rightSection={<IconSend size={16} />} className={styles['send']}>
        {now.editing === null ? t('chat:send') : t('common:save')}
      </Button>
    </div>
  );
}
