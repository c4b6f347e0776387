import { Textarea } from '@mantine/core';
import { useEffect, useState, type ChangeEvent, type FormEvent, type KeyboardEvent, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useConversation } from '../acts/conversation.js';
import type { Written } from '../outbox.js';
import { MessageText } from '../text/MessageText.js';
import type { CallableHere } from './callableHere.js';
import { ComposerBanner } from './ComposerBanner.js';
import { ComposerTools } from './ComposerTools.js';
import { CompletionList } from './CompletionList.js';
import { sends } from './sendKey.js';
import { useCompletion, type Completion } from './useCompletion.js';
import { useWriting, type WritingNow } from './useWriting.js';
import styles from './Composer.module.css';

export interface ComposerProps {
  field: RefObject<HTMLTextAreaElement | null>;
  /** What the field is called: to whom or what one writes here. */
  label: string;
  callable: CallableHere;
  /** Answers whether it is on its way; if not, it stays in the field. */
  send: (written: Written) => boolean;
  /** Begins to edit my newest message. */
  editLast: () => void;
  tellTyping: () => void;
}

/** Puts text at the caret, and the caret after it. */
function insertAt(element: HTMLTextAreaElement | null, insert: string, setText: (text: string) => void): void {
  if (element === null) return;
  const { value, selectionStart, selectionEnd } = element;
  flushSync(() => setText(value.slice(0, selectionStart) + insert + value.slice(selectionEnd)));
  const caret = selectionStart + insert.length;
  element.setSelectionRange(caret, caret);
  // What it was chosen from gives the keyboard back to its button as it closes.
  requestAnimationFrame(() => element.focus());
}

/** The attributes by which the field names its open list of completions. */
function listAttributes({ offered, active, listId, optionId }: Completion) {
  if (offered.length === 0) return { 'aria-autocomplete': 'list' } as const;
  return { 'aria-autocomplete': 'list', 'aria-controls': listId, 'aria-haspopup': 'listbox', 'aria-activedescendant': optionId(active) } as const;
}

function useFieldKeys(now: WritingNow, completion: Completion, editLast: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (completion.take(event)) return;
    if (sends(event)) now.submit();
    else if (event.key === 'Escape' && (now.editing !== null || now.replyTo !== null)) now.giveUp();
    else if (event.key === 'ArrowUp' && now.text === '' && now.editing === null) editLast();
    else return;
    event.preventDefault();
  };
}

function Preview({ text, callable }: { text: string; callable: CallableHere }) {
  const { t } = useTranslation('messages');
  const { me } = useConversation();
  return (
    <div className={styles['preview']} role="region" aria-label={t('preview')}>
      <MessageText text={text} mentions={{ people: [...callable.people], room: callable.room, tierKeys: callable.tiers.map(({ key }) => key) }} myId={me.id} />
    </div>
  );
}

/** Whether the preview is shown: never of nothing, and of the next message only when it is asked for again. */
function usePreview(text: string): [boolean, (isOn: boolean) => void] {
  const [isOn, setOn] = useState(false);
  const isBlank = text.trim() === '';
  useEffect(() => {
    if (isBlank) setOn(false);
  }, [isBlank]);
  return [isOn && !isBlank, setOn];
}

/** Where a message is written: Enter sends, Shift+Enter begins a new line, the draft is kept. */
export function Composer({ field, label, callable, send, editLast, tellTyping }: ComposerProps) {
  const now = useWriting(callable, send);
  const completion = useCompletion(field, callable, now.setText);
  const [isPreview, setPreview] = usePreview(now.text);
  const onKeyDown = useFieldKeys(now, completion, editLast);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    now.submit();
  };
  const onChange = (event: ChangeEvent<HTMLTextAreaElement>): void => {
    now.setText(event.currentTarget.value);
    completion.look();
    if (event.currentTarget.value.trim() !== '') tellTyping();
  };
  const events = { onChange, onKeyDown, onClick: completion.look, onBlur: completion.close };
  const dress = { autosize: true, minRows: 1, variant: 'unstyled', className: styles['field'], classNames: { input: styles['input'] } };
  return (
    <form className={styles['composer']} data-editing={now.editing !== null} onSubmit={onSubmit}>
      <CompletionList completion={completion} />
      <ComposerBanner {...now} />
      {isPreview && <Preview text={now.text} callable={callable} />}
      <Textarea ref={field} value={now.text} {...events} {...dress} {...listAttributes(completion)} error={now.left < 0} placeholder={label} aria-label={label} wrapperProps={{ hidden: isPreview }} enterKeyHint="send" />
      <ComposerTools now={now} isPreview={isPreview} setPreview={setPreview} insert={(emoji) => insertAt(field.current, emoji, now.setText)} />
    </form>
  );
}
