import { Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRouteQuery } from '../../api/useRoute.js';
import { community } from '../../../shared/contracts/community.js';
import type { WorkshopView } from '../../../shared/contracts/workshops.js';
import { Avatar } from '../../ui/Avatar.js';
import { Countdown, WhenLine } from '../WorkshopWhen.js';
import styles from './lobby.module.css';

/** What stands on the stage before it opens: how long still, and with whom. */
export function Lobby({ workshop }: { workshop: WorkshopView }) {
  const { t } = useTranslation('workshops');
  return (
    <div className={styles['lobby']}>
      <p className={styles['countdown']}><Countdown workshop={workshop} /></p>
      <p className={styles['lobbyWhen']}><WhenLine workshop={workshop} /></p>
      <p className={styles['lobbyHosts']}>
        {workshop.hosts.map((host) => <span key={host.id}><Avatar person={host} size="small" /> {host.name}</span>)}
      </p>
      <p>{t('live.lobbyText')}</p>
      <MediaLine />
    </div>
  );
}

/** Says early when live video is not ready yet, so that nobody takes it for their own fault. */
export function MediaLine() {
  const { t } = useTranslation('stage');
  const media = useRouteQuery(community.show, {}).data?.media;
  if (!media || media.state === 'ready') return null;
  if (media.state === 'unavailable') return <p role="status">{t('state.unavailable')}: {media.reason}</p>;
  const percent = Math.round(media.progress * 100);
  return (
    <div className={styles['mediaLine']} role="status">
      <p className="tabular">{t('state.preparing')} · {percent} %</p>
      <Progress.Root size="xs"><Progress.Section value={percent} aria-label={t('state.progress')} /></Progress.Root>
    </div>
  );
}

/** What stands on the stage afterwards. */
export function Ended({ workshop }: { workshop: WorkshopView }) {
  const { t } = useTranslation('workshops');
  return (
    <div className={styles['lobby']}>
      <p className={styles['countdown']}>{workshop.state === 'ended' ? t('live.ended') : t('box.cancelled')}</p>
      <p><Countdown workshop={workshop} /></p>
      <p>{t('live.endedText')}</p>
    </div>
  );
}
