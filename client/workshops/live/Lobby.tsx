import { Collapse, Progress, UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouteQuery } from '../../api/useRoute.js';
import { community } from '../../../shared/contracts/community.js';
import type { HereView } from '../../../shared/contracts/chat.js';
import type { WorkshopView } from '../../../shared/contracts/workshops.js';
import { DeviceCheck } from '../../media/capture/DeviceCheck.js';
import { useHostMedia } from '../../media/capture/useHostMedia.js';
import { StageNotice } from '../../media/screen/StageNotice.js';
import type { StageClient } from '../../media/stage/stageClient.js';
import type { StageSnapshot } from '../../media/stage/stageState.js';
import { Avatar } from '../../ui/Avatar.js';
import { Countdown, WhenLine } from '../WorkshopWhen.js';
import { LineCheck } from './LineCheck.js';
import styles from './lobby.module.css';

export interface LobbyProps {
  workshop: WorkshopView;
  stage: StageClient;
  snapshot: StageSnapshot;
  here: HereView | null;
}

/** Before the stage opens: how long still and with whom, whether the line will carry it, and oneself in the mirror. */
export function Lobby({ workshop, stage, snapshot, here }: LobbyProps) {
  const { t } = useTranslation('workshops');
  const { phase } = snapshot.stage;
  return (
    <section className={styles['lobby']} data-phase={phase}>
      <p className={styles['countdown']}><Countdown workshop={workshop} /></p>
      <p className={styles['lobbyWhen']}><WhenLine workshop={workshop} /></p>
      <p className={styles['lobbyHosts']}>
        {workshop.hosts.map((host) => <span key={host.id}><Avatar person={host} size="small" /> {host.name}</span>)}
      </p>
      <p>{t('live.lobbyText')}</p>
      <MediaLine />
      {phase === 'on' || phase === 'off' || phase === 'joining' ? <LineCheck stage={stage} isReady={phase === 'on'} /> : <StageNotice stage={snapshot.stage} />}
      {here && here.people.length > 0 && <Faces here={here} />}
      <Mirror stage={stage} />
    </section>
  );
}

/** So many faces say that one is not alone. */
const facesShown = 8;

function Faces({ here }: { here: HereView }) {
  const { t } = useTranslation('workshops');
  const shown = here.people.slice(0, facesShown);
  const rest = here.count - shown.length;
  return (
    <div className={styles['faces']}>
      <h2>{t('live.lobbyPeople')}</h2>
      <ul aria-label={t('live.lobbyPeople')}>{shown.map((person) => <li key={person.id} title={person.name}><Avatar person={person} size="small" /><span className="unseen">{person.name}</span></li>)}</ul>
      {rest > 0 && <p className="tabular">{t('live.lobbyMore', { count: rest })}</p>}
    </div>
  );
}

/** Camera and microphone, for whoever may be invited on stage. Nothing is asked of the browser before the person asks for it. */
function Mirror({ stage }: { stage: StageClient }) {
  const { t } = useTranslation('workshops');
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  // On a phone it opens below what is seen.
  const show = () => box.current?.scrollIntoView({ block: 'end' });
  return (
    <div ref={box} className={styles['mirror']}>
      <UnstyledButton className={styles['mirrorButton']} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t('live.lobbyDevices')} <IconChevronDown size={16} aria-hidden data-turned={isOpen || undefined} />
      </UnstyledButton>
      <Collapse expanded={isOpen} onTransitionEnd={show}>{isOpen && <Devices stage={stage} />}</Collapse>
    </div>
  );
}

function Devices({ stage }: { stage: StageClient }) {
  const { t } = useTranslation('workshops');
  const media = useHostMedia(stage);
  return (
    <>
      <p>{t('live.lobbyDevicesText')}</p>
      <DeviceCheck media={media} camera={media.preview.camera} microphone={media.preview.microphone} />
    </>
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
      <p className="tabular">{t('state.preparing')} · {percent}%</p>
      <Progress.Root size="xs"><Progress.Section value={percent} aria-label={t('state.progress')} /></Progress.Root>
    </div>
  );
}

/** What stands on the stage afterwards. */
export function Ended({ workshop }: { workshop: WorkshopView }) {
  const { t } = useTranslation('workshops');
  return (
    <div className={styles['ended']}>
      <p className={styles['countdown']}>{workshop.state === 'ended' ? t('live.ended') : t('box.cancelled')}</p>
      <p><Countdown workshop={workshop} /></p>
      <p>{t('live.endedText')}</p>
    </div>
  );
}
