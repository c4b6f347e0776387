import { Button } from '@mantine/core';
import { IconEar } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState, type PointerEvent, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { PersonView } from '../../../shared/contracts/members.js';
import { arrange } from './arrangement.js';
import { layOut } from './layout.js';
import { joinMark, type StageClient } from '../stage/stageClient.js';
import { StageControls, type MoreControls } from '../controls/StageControls.js';
import { Notice, StageNotice } from './StageNotice.js';
import { StagePictures } from './StagePictures.js';
import { StageSound } from './StageSound.js';
import type { StageSnapshot } from '../stage/stageState.js';
import { useStageView } from '../controls/stageView.js';
import { useFading } from '../controls/useFading.js';
import { useFullscreen } from '../controls/useFullscreen.js';
import { usePageVisible } from '../controls/usePageVisible.js';
import { usePictureInPicture } from '../controls/usePictureInPicture.js';
import { useSpotlight } from './useSpotlight.js';
import styles from './stage.module.css';

export interface StageScreenProps {
  stage: StageClient;
  snapshot: StageSnapshot;
  me: PersonView;
  /** What stands there while nobody is on stage. */
  empty: ReactNode;
  /** Laid over the lower edge of the picture: the question that is being answered. */
  lowerThird?: ReactNode;
  /** Laid over the stage's edge, never over a screen that is shown. */
  floating?: ReactNode;
  /** What stands beside the controls of the picture. */
  controls?: MoreControls;
  /** As small as a stamp: the pictures alone. */
  isStamp?: boolean;
}

/**
 * The stage, 16:9, laid out as the member chose.
 * `data-first-frame` tells after how many milliseconds from joining (or from the doors' opening) the first picture of somebody else stood here.
 */
export function StageScreen({ stage, snapshot, me, empty, lowerThird, floating, controls, isStamp = false }: StageScreenProps) {
  const { t } = useTranslation('stage');
  const section = useRef<HTMLElement>(null);
  const [view, change] = useStageView();
  const [isMenuOpen, setMenuOpen] = useState(false);
  const [isHeld, setHeld] = useState(false);
  const fading = useFading(isMenuOpen || isHeld);
  const fullscreen = useFullscreen(section);
  const pip = usePictureInPicture(section);
  const isVisible = usePageVisible() || pip.isOn;
  useEffect(() => stage.watch({ watching: view.watching, isVisible }), [stage, view.watching, isVisible]);

  const arrangement = useMemo(() => arrange(snapshot, me), [snapshot, me]);
  const { faces, sounds, screen, speakerId } = arrangement;
  const spotlightId = useSpotlight(speakerId === me.id ? null : speakerId, faces.map(({ person }) => person.id));
  const layout = layOut(arrangement, view.layout, spotlightId);
  const { firstFrame, time } = useFirstFrame();
  const hasPictures = screen !== null || faces.length > 0;
  const pictures = <StagePictures layout={layout} sights={stage.sights} speakerId={speakerId} isWithoutPicture={view.watching === 'audio'} onFirstFrame={time} />;
  const { phase } = snapshot.stage;
  return (
    <section
      ref={section} className={styles['screen']} aria-label={t('stage')} data-phase={phase} data-first-frame={firstFrame} data-layout={hasPictures ? layout.kind : undefined}
      data-moved={fading.isShown} data-stamp={isStamp || undefined} onDoubleClick={(event) => isPicture(event.target) && fullscreen.toggle()} onPointerMove={(event) => event.pointerType === 'mouse' && fading.wake()}
      onPointerUp={(event) => isTap(event) && fading.toggle()}
    >
      {hasPictures && (pip.body ? <><InSmallWindow bringBack={pip.toggle} />{createPortal(<div className={styles['small']}>{pictures}</div>, pip.body)}</> : pictures)}
      {!hasPictures && (phase === 'on' || phase === 'off' ? <div className={styles['notice']}>{empty}</div> : <StageNotice stage={snapshot.stage} />)}
      {hasPictures && <RoadNotice stage={snapshot.stage} />}
      {hasPictures && view.watching === 'audio' && <p className={styles['soundOnly']}><IconEar size={16} aria-hidden /> {t('layout.soundOnly')}</p>}
      <StageSound sounds={sounds} />
      <div className={styles['floating']} data-over={layout.kind === 'screen' ? 'inset' : 'edge'}>{floating}</div>
      {lowerThird}
      {hasPictures && !isStamp && (
        <StageControls view={view} change={change} fullscreen={fullscreen} pip={pip} isShown={fading.isShown} isMenuOpen={isMenuOpen} onMenu={setMenuOpen} more={controls} hold={setHeld} />
      )}
    </section>
  );
}

const isPicture = (target: EventTarget): boolean => target instanceof Element && target.closest('button, [role="menu"], [role="toolbar"]') === null;
const isTap = (event: PointerEvent): boolean => event.pointerType === 'touch' && isPicture(event.target);

/** How long the first picture of somebody else was awaited, in milliseconds; undefined until it stands. */
function useFirstFrame(): { firstFrame: number | undefined; time: () => void } {
  const [firstFrame, setFirstFrame] = useState<number | undefined>();
  const timed = useRef(false);
  const time = () => {
    if (timed.current) return;
    timed.current = true;
    setFirstFrame(Math.round(performance.measure('guildhall:first-frame', joinMark).duration));
  };
  return { firstFrame, time };
}

function InSmallWindow({ bringBack }: { bringBack: () => void }) {
  const { t } = useTranslation('stage');
  return <Notice title={t('watch.inPip')}><Button variant="default" size="xs" onClick={bringBack}>{t('watch.bringBack')}</Button></Notice>;
}

/** Over one's own picture, which stands while the stage does not: what of the stage is not there yet, or not any more. */
function RoadNotice({ stage }: { stage: StageSnapshot['stage'] }) {
  const { t } = useTranslation('stage');
  const words = {
    off: null, refused: null, joining: t('state.joining'), preparing: t('state.preparing'), unavailable: t('state.unavailable'), unsupported: t('state.unsupported'), retrying: t('state.retrying'),
    on: stage.phase === 'on' && stage.road === 'mending' ? t('state.mending') : null,
  }[stage.phase];
  return words === null ? null : <p className={styles['road']} role="status">{words}</p>;
}
