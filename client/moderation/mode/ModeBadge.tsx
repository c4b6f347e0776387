import { IconEye, IconHelpCircle, IconHourglassLow, IconMoodSmile } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RoomMode } from '../../../shared/contracts/moderation.js';
import type { RoomView } from '../../../shared/contracts/rooms.js';
import { Badge } from '../../ui/Badge.js';
import { useSpan } from '../spans.js';
import { useRoomMode } from './useRoomMode.js';
import styles from './mode.module.css';

/** The sign of each mode that is not the normal one. */
export const modeIcons = { slow: IconHourglassLow, read_only: IconEye, questions_only: IconHelpCircle, emoji_only: IconMoodSmile } as const satisfies Record<Exclude<RoomMode['kind'], 'normal'>, unknown>;

/** How the room is spoken in, as a small badge; a normal room needs none. */
export function ModeBadge({ room }: { room: RoomView | null }) {
  const { t } = useTranslation('moderation');
  const span = useSpan();
  const mode = useRoomMode(room)?.mode;
  if (mode === undefined || mode.kind === 'normal') return null;
  const Icon = modeIcons[mode.kind];
  return (
    <span className={styles['badge']}>
      <Badge tone="warn" icon={<Icon size={13} aria-hidden="true" />}>
        {mode.kind === 'slow' ? t('badge.slow', { span: span(mode.seconds, 'short') }) : t(`mode.${mode.kind}`)}
      </Badge>
    </span>
  );
}
