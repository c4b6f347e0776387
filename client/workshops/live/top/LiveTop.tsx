import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowLeft, IconLayoutKanban, IconLayoutSidebarRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { WorkshopView } from '../../../../shared/contracts/workshops.js';
import { Badge } from '../../../ui/Badge.js';
import { useFormat } from '../../../ui/format.js';
import { useNow } from '../../../ui/useNow.js';
import { WorkshopBadge } from '../../WorkshopBadge.js';
import styles from './top.module.css';

export interface LiveTopProps {
  workshop: WorkshopView;
  /** How many are here; null until it is known. */
  count: number | null;
  network: ReactNode;
  /** Somebody is on stage before the doors are open. */
  isRehearsal: boolean;
  isRailShown: boolean;
  onToggleRail: () => void;
}

/** The line above the stage: where one is, for how long, with how many, over what line. */
export function LiveTop({ workshop, count, network, isRehearsal, isRailShown, onToggleRail }: LiveTopProps) {
  const { t } = useTranslation('workshops');
  const toggle = isRailShown ? t('live.hideRail') : t('live.showRail');
  return (
    <header className={styles['top']}>
      <ActionIcon component={Link} to={`/workshops/${workshop.id}`} variant="subtle" className={styles['onStage']} aria-label={t('live.back')}>
        <IconArrowLeft size={20} aria-hidden />
      </ActionIcon>
      {isRehearsal ? <span className={styles['rehearsal']}><Badge tone="stage">{t('live.rehearsal')}</Badge></span> : <WorkshopBadge state={workshop.state} />}
      <h1>{workshop.title}</h1>
      {workshop.state === 'live' && workshop.liveAt && <Elapsed since={workshop.liveAt} />}
      <span className={styles['spring']} />
      {count !== null && <span className={`${styles['count']} tabular`}>{t('live.here', { count })}</span>}
      {network}
      {workshop.you.canHost && (
        <Tooltip label={t('box.console')}>
          <ActionIcon component={Link} to={`/workshops/${workshop.id}/console`} variant="subtle" className={styles['onStage']} aria-label={t('box.console')}>
            <IconLayoutKanban size={20} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
      <Tooltip label={toggle}>
        <ActionIcon variant="subtle" className={`${styles['onStage']} ${styles['toggle']}`} aria-label={toggle} aria-pressed={isRailShown} onClick={onToggleRail}>
          <IconLayoutSidebarRight size={20} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </header>
  );
}

function Elapsed({ since }: { since: string }) {
  const format = useFormat();
  const now = useNow(1_000);
  return <span className={`${styles['elapsed']} tabular`}>{format.clock((now - Date.parse(since)) / 1_000)}</span>;
}
