import { IconArrowsExchange } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { on } from '../../api/socket.js';
import { stage } from '../../../shared/contracts/live/stage.js';
import type { StageSnapshot } from '../stage/stageState.js';
import styles from './stage.module.css';

export interface MovingLineProps {
  workshopId: string;
  snapshot: StageSnapshot;
  /** Rises with each entering of the workshop. */
  entries: number;
  /** On a page beside the stage, in the page's colours; else under the stage, which is dark. */
  isBeside?: boolean;
}

/** Says that the stage is about to move to another server, from when that is told until one has joined it there. */
export function MovingLine({ workshopId, snapshot, entries, isBeside = false }: MovingLineProps) {
  const { t } = useTranslation('stage');
  const place = snapshot.stage.phase === 'on' ? `${snapshot.stage.epoch} ${entries}` : null;
  /** Where one was when it was told; null while nothing is. */
  const [from, setFrom] = useState<string | null>(null);
  const hear = useEffectEvent((told: { workshopId: string }) => {
    if (told.workshopId === workshopId) setFrom(place ?? '');
  });
  useEffect(() => on(stage.moving, (told) => hear(told)), []);
  const isMoving = from !== null && (place === null || place === from);
  return (
    <div role="status">
      {isMoving && <p className={styles['moving']} data-beside={isBeside}><IconArrowsExchange size={18} aria-hidden />{t('state.moving')}</p>}
    </div>
  );
}
