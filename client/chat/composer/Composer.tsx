import { Button, Textarea } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import type { ChangeEvent, FormEvent, KeyboardEvent } from 'react';
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

/** The text being written, what is left of its room, and how it is sent. */
function useText({ draftKey, send }: ComposerProps) {
  const [text, setText] = useDraft(draftKey);
  const left = limits.messageLength - text.trim().length;
  const canSend = text.trim() !== '' && left >= 0;
  const submit = (): void => {
    if (!canSend) return;
    send(text.trim());
    setText('');
  };
  return { text, setText, left, canSend, submit };
}

/** Whether this key sends. While an input method composes (Chinese, Japanese, Korean), Enter takes its suggestion. */
function sends(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing && event.keyCode !== 229;
}

function Rest({ left }: { left: number }) {
  const { t } = useTranslation('chat');
  if (left > countWithin) return null;
  return (
    <span className={styles['left']} data-over={left < 0} role="status">
      {left < 0 ? t('tooLong', { count: -left }) : t('charactersLeft', { count: left })}
    </span>
  );
}

/** Where a message is written: Enter sends, Shift+Enter begins a new line, the draft is kept. */
export function Composer(props: ComposerProps) {
  const { t } = useTranslation('chat');
  const { text, setText, left, canSend, submit } = useText(props);
  const label = t('messageTo', { room: props.roomName });
  const onChange = (event: ChangeEvent<HTMLTextAreaElement>): void => {
    setText(event.currentTarget.value);
    if (event.currentTarget.value.trim() !== '') props.tellTyping();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!sends(event)) return;
    event.preventDefault();
    submit();
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    submit();
  };
  const field = { value: text, onChange, onKeyDown, error: left < 0, placeholder: label, 'aria-label': label };
  return (
    <form className={styles['composer']} onSubmit={onSubmit}>
      <Textarea {...field} autosize minRows={1} variant="unstyled" className={styles['field']} classNames={{ input: styles['input'] }} enterKeyHint="send" />
      <div className={styles['tools']}>
        <Rest left={left} />
        <span className={styles['hint']}>{t('enterSends')}</span>
        <Button type="submit" disabled={!canSend} rightSection={<IconSend size={16} />} className={styles['send']}>
          {t('send')}
        </Button>
      </div>
    </form>
  );
}
