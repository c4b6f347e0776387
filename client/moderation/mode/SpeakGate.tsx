import { IconClockPause, IconEye } from '@tabler/icons-react';
import { useEffect, useState, type FormEvent, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../../shared/contracts/messages.js';
import type { MyRestriction, RoomModeView } from '../../../shared/contracts/moderation.js';
import type { RoomView } from '../../../shared/contracts/rooms.js';
import { useFormat } from '../../ui/format.js';
import { useSpan } from '../spans.js';
import { modeIcons } from './ModeBadge.js';
import { useSpeech, type Speech } from './useSpeech.js';
import styles from './mode.module.css';

/** In place of the field where one may not write: the draft is kept, and the field comes back by itself. */
function TimedOut({ timeout }: { timeout: MyRestriction }) {
  const { t } = useTranslation('moderation');
  const format = useFormat();
  const time = timeout.until === null ? '' : format.dateTime(timeout.until);
  return (
    <div className={styles['shut']} data-tone="bad" role="status">
      <IconClockPause size={18} aria-hidden="true" />
      <p>
        <strong>{timeout.roomId === null ? t('timedOutHouse', { time }) : t('timedOut', { time })}</strong>
        {t('reasonIs', { reason: timeout.reason })}
      </p>
    </div>
  );
}

function ReadOnly() {
  const { t } = useTranslation('moderation');
  return (
    <div className={styles['shut']} role="status">
      <IconEye size={18} aria-hidden="true" />
      <p>
        <strong>{t('readOnly')}</strong>
        {t('readOnlyText')}
      </p>
    </div>
  );
}

function useRule(): (mode: RoomModeView) => string {
  const { t } = useTranslation('moderation');
  const span = useSpan();
  return ({ mode, isAutomatic }) => {
    if (mode.kind === 'normal') return '';
    if (mode.kind !== 'slow') return t(`rule.${mode.kind}`);
    return isAutomatic ? t('rule.automatic', { span: span(mode.seconds) }) : t('rule.slow', { span: span(mode.seconds) });
  };
}

function Notice({ speech, isNudged }: { speech: Speech; isNudged: boolean }) {
  const { t } = useTranslation('moderation');
  const format = useFormat();
  const rule = useRule();
  if (speech.mode === null || speech.mode.mode.kind === 'normal') return null;
  const Icon = modeIcons[speech.mode.mode.kind];
  return (
    <div className={styles['notice']}>
      <Icon size={15} aria-hidden="true" />
      <p>
        <span role="status">{rule(speech.mode)}</span> {speech.isExempt && t('exempt')}
        {speech.waitSeconds > 0 && <span className={styles['turn']} data-nudged={isNudged} role={isNudged ? 'alert' : 'timer'}>{t('nextTurn', { time: format.clock(speech.waitSeconds) })}</span>}
      </p>
    </div>
  );
}

/** Enter sends, but for a new line, for an input method's suggestion, and where it takes one of a list of completions. */
function wouldSend(event: KeyboardEvent): boolean {
  const isTaking = event.target instanceof Element && event.target.hasAttribute('aria-activedescendant');
  return event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing && event.keyCode !== 229 && !isTaking;
}

export interface SpeakGateProps {
  room: RoomView | null;
  messages: readonly MessageView[];
  myId: string;
  /** The field one writes in. */
  children: ReactNode;
}

/**
 * Stands around the field: says how one may speak here now, and shuts it where one may not. In a slow room one goes on
 * writing while one waits; what would send it before one's turn says when that is, and the text stays.
 */
export function SpeakGate({ room, messages, myId, children }: SpeakGateProps) {
  const speech = useSpeech(room, messages, myId);
  const [isNudged, setNudged] = useState(false);
  const mustWait = speech.waitSeconds > 0;
  useEffect(() => {
    if (!mustWait) setNudged(false);
  }, [mustWait]);
  const hold = (event: FormEvent | KeyboardEvent): void => {
    if (!mustWait) return;
    event.preventDefault();
    event.stopPropagation();
    setNudged(true);
  };
  if (speech.timeout !== null) return <TimedOut timeout={speech.timeout} />;
  if (speech.mode?.mode.kind === 'read_only' && !speech.isExempt) return <ReadOnly />;
  return (
    <div className={styles['gate']} onSubmitCapture={hold} onKeyDownCapture={(event) => wouldSend(event) && hold(event)}>
      <Notice speech={speech} isNudged={isNudged} />
      {children}
    </div>
  );
}
