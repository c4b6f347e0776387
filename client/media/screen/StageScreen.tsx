import { IconMicrophoneOff } from '@tabler/icons-react';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonView } from '../../../shared/contracts/members.js';
import { Avatar } from '../../ui/Avatar.js';
import { arrange, type Picture } from './arrangement.js';
import { joinMark } from '../stage/stageClient.js';
import { StageNotice } from './StageNotice.js';
import { StageSound } from './StageSound.js';
import type { StageSnapshot } from '../stage/stageState.js';
import { TrackVideo } from './TrackVideo.js';
import styles from './stage.module.css';

export interface StageScreenProps {
  snapshot: StageSnapshot;
  me: PersonView;
  /** What stands there while nobody is on stage. */
  empty: ReactNode;
  /** Laid over the lower edge of the picture: the question that is being answered. */
  lowerThird?: ReactNode;
}

/**
 * The stage, 16:9: a screen large with its people inset, else the people side by side.
 * `data-first-frame` tells after how many milliseconds from joining the first picture of somebody else stood here.
 */
export function StageScreen({ snapshot, me, empty, lowerThird }: StageScreenProps) {
  const { t } = useTranslation('stage');
  const { screen, faces, sounds } = arrange(snapshot, me);
  const [firstFrame, setFirstFrame] = useState<number | undefined>();
  const timed = useRef(false);
  const { stage } = snapshot;
  const timeFirstFrame = () => {
    if (timed.current) return;
    timed.current = true;
    setFirstFrame(Math.round(performance.measure('guildhall:first-frame', joinMark).duration));
  };
  const hasPictures = screen !== null || faces.length > 0;
  return (
    <section className={styles['screen']} aria-label={t('stage')} data-phase={stage.phase} data-first-frame={firstFrame}>
      {screen && <Tile picture={screen} kind="screen" onFirstFrame={timeFirstFrame} />}
      {faces.length > 0 && (
        <div className={screen ? styles['insets'] : styles['faces']} data-count={Math.min(faces.length, 9)}>
          {faces.map((face) => <Tile key={face.key} picture={face} kind="face" onFirstFrame={timeFirstFrame} />)}
        </div>
      )}
      {!hasPictures && (stage.phase === 'on' || stage.phase === 'off' ? <div className={styles['notice']}>{empty}</div> : <StageNotice stage={stage} />)}
      {hasPictures && <RoadNotice stage={stage} />}
      <StageSound sounds={sounds} />
      {lowerThird}
    </section>
  );
}

function RoadNotice({ stage }: { stage: StageSnapshot['stage'] }) {
  const { t } = useTranslation('stage');
  if (stage.phase === 'on' && stage.road !== 'mending') return null;
  return <p className={styles['road']} role="status">{stage.phase === 'on' ? t('state.mending') : t('state.retrying')}</p>;
}

function Tile({ picture, kind, onFirstFrame }: { picture: Picture; kind: 'screen' | 'face'; onFirstFrame: () => void }) {
  const { t } = useTranslation('stage');
  const { person, media, isOwn, isMuted } = picture;
  const name = isOwn && kind === 'face' ? t('you') : person.name;
  const label = kind === 'screen' ? t('person.screen', { name: person.name }) : name;
  return (
    <div className={styles['tile']} data-kind={kind}>
      {media
        ? <TrackVideo media={media} label={label} isMirrored={isOwn && kind === 'face'} onFirstFrame={isOwn ? undefined : onFirstFrame} />
        : <span className={styles['noPicture']}><Avatar person={person} size="large" /></span>}
      <span className={styles['nameTag']}>
        {kind === 'face' && isMuted && <IconMicrophoneOff size={14} aria-label={t('person.muted')} />}
        {label}
      </span>
    </div>
  );
}
