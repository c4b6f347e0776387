import { useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { emojiGroups } from './catalogue.js';
import styles from './EmojiPicker.module.css';

/** Emoji in one row; `EmojiPicker.module.css` sets as many columns. */
const columns = 8;

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };

/** Moves the focus from one emoji to another with the arrow keys; Home and End go to the first and the last. */
function moveFocus(event: KeyboardEvent, place: HTMLElement | null): void {
  const buttons = [...(place?.querySelectorAll('button') ?? [])];
  const at = buttons.findIndex((button) => button === document.activeElement);
  const step = steps[event.key];
  let next: number | null = null;
  if (step !== undefined) next = Math.min(buttons.length - 1, Math.max(0, at + step));
  else if (event.key === 'Home') next = 0;
  else if (event.key === 'End') next = buttons.length - 1;
  if (next === null) return;
  event.preventDefault();
  buttons[next]?.focus();
}

export interface EmojiPickerProps {
  choose: (emoji: string) => void;
}

/** A grid of emoji by group. One Tab stop; the arrow keys go about in it. */
export function EmojiPicker({ choose }: EmojiPickerProps) {
  const { t } = useTranslation('emoji');
  const place = useRef<HTMLDivElement>(null);
  return (
    <div ref={place} className={styles['picker']} onKeyDown={(event) => moveFocus(event, place.current)} role="presentation">
      {emojiGroups.map((group, groupIndex) => (
        <div key={group.name} role="group" aria-label={t(`group.${group.name}`)}>
          <p className={styles['group']} aria-hidden="true">
            {t(`group.${group.name}`)}
          </p>
          <div className={styles['grid']}>
            {group.emoji.map(({ emoji, name }, index) => (
              <button key={name} type="button" className={styles['emoji']} tabIndex={groupIndex === 0 && index === 0 ? 0 : -1} title={t(name)} aria-label={t(name)} onClick={() => choose(emoji)}>
                {emoji}
              </button>
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
