import { useTranslation } from 'react-i18next';
import type { PersonView } from '../../../shared/contracts/members.js';
import type { WorkshopView } from '../../../shared/contracts/workshops.js';
import { useAudienceCount } from '../../audience/useAudienceCount.js';
import { useHostMedia } from '../../media/capture/useHostMedia.js';
import { MovingLine } from '../../media/screen/MovingLine.js';
import { NetworkIndicator } from '../../media/screen/NetworkIndicator.js';
import { StageScreen } from '../../media/screen/StageScreen.js';
import { useNetworkQuality } from '../../media/line/useNetworkQuality.js';
import { useStage } from '../../media/stage/useStage.js';
import { useOnStage } from '../../onStage/useOnStage.js';
import { HostBar } from '../../workshops/live/host/HostBar.js';
import type { LiveSession } from '../../workshops/live/liveSession.js';
import { MediaLine } from '../../workshops/live/Lobby.js';
import { useHere } from '../../workshops/live/useHere.js';
import { WorkshopBadge } from '../../workshops/WorkshopBadge.js';
import styles from './console.module.css';

/** The stage at the size of a stamp, its controls, and how it fares. */
export function ConsoleStage({ session, workshop, entries, me }: { session: LiveSession; workshop: WorkshopView; entries: number; me: PersonView }) {
  const { t } = useTranslation('questions');
  const snapshot = useStage(session.stage);
  const onStage = useOnStage(workshop, entries, session.stage, me);
  const media = useHostMedia(session.stage, onStage.view?.own.silenced);
  useHere(workshop.roomId, entries, true);
  const count = useAudienceCount(workshop.id, entries);
  const carries = snapshot.stage.phase === 'on' && snapshot.stage.tracks.length + snapshot.own.length > 0;
  const quality = useNetworkQuality(session.stage, carries);
  const isSending = snapshot.own.some((each) => each.state === 'sending');
  return (
    <section className={styles['stage']} aria-label={t('console.stage')}>
      <div className={styles['stamp']}><StageScreen isStamp stage={session.stage} snapshot={snapshot} me={me} empty={<p>{t('console.stageEmpty')}</p>} /></div>
      <div className={styles['stageSide']}>
        <p className={`${styles['health']} tabular`}>
          <WorkshopBadge state={workshop.state} />
          {count !== null && <span>{t('console.watching', { count })}</span>}
          {carries && <NetworkIndicator quality={quality} />}
          {isSending && quality && <span>{t('console.sending', { kbit: quality.kbitOut })}</span>}
        </p>
        <MovingLine workshopId={workshop.id} snapshot={snapshot} entries={entries} isBeside />
        <MediaLine />
        <HostBar session={session} workshop={workshop} snapshot={snapshot} media={media} onStage={onStage} count={count ?? 0} isBeside />
      </div>
    </section>
  );
}
