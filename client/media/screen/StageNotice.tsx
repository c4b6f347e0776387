import { Loader, Progress } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouteQuery } from '../../api/useRoute.js';
import { community } from '../../../shared/contracts/community.js';
import type { StageState } from '../stage/stageState.js';
import styles from './stage.module.css';

/** Why there is no picture, and what happens next: the truth of each state. */
export function StageNotice({ stage }: { stage: StageState }) {
  const { t } = useTranslation('stage');
  switch (stage.phase) {
    case 'preparing': return <Preparing />;
    case 'unavailable': return <Unavailable />;
    case 'unsupported': return <Notice title={t('state.unsupported')} text={t('state.unsupportedText')} />;
    case 'retrying': return <Notice title={t('state.retrying')}><Loader size="sm" aria-hidden /></Notice>;
    default: return <Notice title={t('state.joining')}><Loader size="sm" aria-hidden /></Notice>;
  }
}

function Preparing() {
  const { t } = useTranslation('stage');
  const media = useRouteQuery(community.show, {}).data?.media;
  const percent = media?.state === 'preparing' ? Math.round(media.progress * 100) : null;
  return (
    <Notice title={t('state.preparing')} text={t('state.preparingText')}>
      {percent !== null && (
        <div className={styles['progress']}>
          <Progress.Root size="sm"><Progress.Section value={percent} aria-label={t('state.progress')} /></Progress.Root>
          <p className="tabular">{percent}%</p>
        </div>
      )}
    </Notice>
  );
}

function Unavailable() {
  const { t } = useTranslation('stage');
  const media = useRouteQuery(community.show, {}).data?.media;
  return (
    <Notice title={t('state.unavailable')} text={t('state.unavailableText')}>
      {media?.state === 'unavailable' && <p className={styles['reason']}>{media.reason}</p>}
    </Notice>
  );
}

/** A few words in the middle of an empty stage. */
export function Notice({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  return (
    <div className={styles['notice']} role="status">
      <p className={styles['noticeTitle']}>{title}</p>
      {text !== undefined && <p>{text}</p>}
      {children}
    </div>
  );
}
