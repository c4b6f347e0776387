import { Button, Textarea } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { limits } from '../../../shared/limits.js';
import { useDraft } from './useDraft.js';
import styles from './Composer.module.css';

/** From this many characters before the limit on, the rest is counted. */
const countWithin = 400;

export interface ComposerProps {
  /** Under which the draft is kept; one per member and room. */
  draftKey: string;
  roomName: string;
  send: (text: string) => void;
  tellTyping: () => void;
}

/** Where a message is written: Enter sends, Shift+Enter begins a new line, the draft is kept. */
export function Composer({ draftKey, roomName, send, tellTyping }: ComposerProps) {
  const { t } = useTranslation('chat');
  const [text, setText] = useDraft(draftKey);
  const left = limits.messageLength - text.trim().length;
  const canSend = text.trim() !== '' && left >= 0;

  const submit = (): void => {
    if (!canSend) return;
    send(text.trim());
    setText('');
  };
  const onKey = (event: KeyboardEvent): void => {
    // While an input method composes (Chinese, Japanese, Korean), Enter takes its suggestion.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    submit();
  };

  const label = t('messageTo', { room: roomName });
  return (
    <form
      className={styles['composer']}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Textarea
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          if (event.currentTarget.value.trim() !== '') tellTyping();
        }}
        onKeyDown={onKey}
        error={left < 0}
        autosize
        minRows={1}
        variant="unstyled"
        className={styles['field']}
        classNames={{ input: styles['input'] }}
        enterKeyHint="send"
      />
      <div className={styles['tools']}>
        {left <= countWithin && (
          <span className={styles['left']} data-over={left < 0} role="status">
            {left < 0 ? t('tooLong', { count: -left }) : t('charactersLeft', { count: left })}
          </span>
        )}
        <span className={styles['hint']}>{t('enterSends')}</span>
        <Button type="submit" disabled={!canSend} rightSection={<IconSend size={16} />} className={styles['send']}>
          {t('send')}
        </Button>
      </div>
    </form>
  );
}
