import { Anchor } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ReactionButton } from '../../audience/ReactionButton.js';
import { Reactions } from '../../audience/Reactions.js';
import { useAudienceCount } from '../../audience/useAudienceCount.js';
import type { PersonView } from '../../../shared/contracts/members.js';
import type { WorkshopView } from '../../../shared/contracts/workshops.js';
import { DeviceCheck } from '../../media/capture/DeviceCheck.js';
import { useHostMedia, type HostMedia } from '../../media/capture/useHostMedia.js';
import { MovingLine } from '../../media/screen/MovingLine.js';
import { NetworkIndicator } from '../../media/screen/NetworkIndicator.js';
import { StageNotice, Notice } from '../../media/screen/StageNotice.js';
import { StageScreen } from '../../media/screen/StageScreen.js';
import type { StageClient } from '../../media/stage/stageClient.js';
import type { StageSnapshot } from '../../media/stage/stageState.js';
import { useNetworkQuality } from '../../media/line/useNetworkQuality.js';
import { useStage } from '../../media/stage/useStage.js';
import { usePolls } from '../../polls/usePolls.js';
import { LowerThird } from '../../questions/LowerThird.js';
import { useQuestions } from '../../questions/useQuestions.js';
import { useSteps } from '../../steps/useSteps.js';
import { useOnStage, type OnStageHold } from '../../onStage/useOnStage.js';
import { AudienceBar } from './AudienceBar.js';
import { HostBar } from './host/HostBar.js';
import { LineCheck } from './LineCheck.js';
import { LiveRail } from './LiveRail.js';
import type { LiveSession } from './liveSession.js';
import { LiveTop } from './top/LiveTop.js';
import { Ended, Lobby, MediaLine } from './Lobby.js';
import { useHere } from './useHere.js';
import styles from './live.module.css';
import lobby from './lobby.module.css';

/** A phone on its side begins with the stage alone; see the same query in live.module.css. */
const lyingPhone = '(max-height: 500px) and (orientation: landscape)';

export interface LiveRoomProps {
  session: LiveSession;
  workshop: WorkshopView;
  entries: number;
  me: PersonView;
}

/** A workshop from within: lobby, stage and afterwards, with chat, questions and people beside it. */
export function LiveRoom({ session, workshop, entries, me }: LiveRoomProps) {
  const snapshot = useStage(session.stage);
  const questions = useQuestions(workshop.id, entries);
  const polls = usePolls(workshop.id, entries);
  const steps = useSteps(workshop.id, entries);
  const here = useHere(workshop.roomId, entries);
  const onStage = useOnStage(workshop, entries, session.stage, me);
  const count = useAudienceCount(workshop.id, entries);
  const carries = snapshot.stage.phase === 'on' && snapshot.stage.tracks.length + snapshot.own.length > 0;
  const quality = useNetworkQuality(session.stage, carries);
  const [isRailShown, setRailShown] = useState(() => !matchMedia(lyingPhone).matches);
  const isOpen = workshop.state === 'scheduled' || workshop.state === 'live';
  const onAir = isOpen ? questions.all?.find(({ state }) => state === 'answering') : undefined;
  return (
    <main className={styles['page']} data-rail={isRailShown}>
      <div className={styles['stageColumn']}>
        <LiveTop
          workshop={workshop} count={count} isRailShown={isRailShown} onToggleRail={() => setRailShown(!isRailShown)}
          network={carries && <NetworkIndicator quality={quality} />} isRehearsal={carries && workshop.state === 'scheduled'}
        />
        <MovingLine workshopId={workshop.id} snapshot={snapshot} entries={entries} />
        {workshop.you.canHost
          ? <HostStage session={session} workshop={workshop} snapshot={snapshot} me={me} onStage={onStage} count={count ?? 0} lowerThird={<LowerThird question={onAir} />} />
          : (
            <>
            <div className={styles['screenPlace']}>
              {workshop.state === 'scheduled' && onStage.view?.own.isSpeaker !== true
                ? <Lobby workshop={workshop} stage={session.stage} snapshot={snapshot} here={here} />
                : <Screen session={session} workshop={workshop} snapshot={snapshot} me={me} lowerThird={<LowerThird question={onAir} />} />}
            </div>
            {isOpen && <AudienceBar session={session} workshop={workshop} snapshot={snapshot} onStage={onStage} />}
            </>
          )}
      </div>
      <LiveRail workshop={workshop} me={me} questions={questions} polls={polls} steps={steps} here={here} onStage={onStage} />
    </main>
  );
}

interface ScreenProps {
  session: LiveSession;
  workshop: WorkshopView;
  snapshot: StageSnapshot;
  me: PersonView;
  lowerThird: ReactNode;
}

/** The stage's picture, with what the audience shows at its edge. */
function Screen({ session, workshop, snapshot, me, lowerThird }: ScreenProps) {
  const isLive = workshop.state === 'live';
  return (
    <StageScreen
      stage={session.stage} snapshot={snapshot} me={me} empty={<Nobody workshop={workshop} />} lowerThird={lowerThird}
      floating={isLive && <Reactions workshopId={workshop.id} />}
      controls={({ className, hold }) => isLive && <ReactionButton workshopId={workshop.id} className={className} onOpen={hold} />}
    />
  );
}

interface HostStageProps extends ScreenProps {
  onStage: OnStageHold;
  /** How many are here. */
  count: number;
}

function HostStage({ session, workshop, snapshot, me, onStage, count, lowerThird }: HostStageProps) {
  const { t } = useTranslation('stage');
  const media = useHostMedia(session.stage, onStage.view?.own.silenced);
  const isOpen = workshop.state === 'scheduled' || workshop.state === 'live';
  const isBare = snapshot.own.length === 0 && !(snapshot.stage.phase === 'on' && snapshot.stage.tracks.length > 0);
  const isSending = workshop.state === 'live' && snapshot.own.some((each) => each.state === 'sending');
  return (
    <>
      <div className={styles['screenPlace']}>
        {isOpen && isBare
          ? <Preflight workshop={workshop} stage={session.stage} snapshot={snapshot} media={media} mayExamine={me.role === 'host' || me.role === 'organizer'} />
          : <Screen session={session} workshop={workshop} snapshot={snapshot} me={me} lowerThird={lowerThird} />}
      </div>
      <p className="unseen" role="alert">{isSending && t('youAreLive')}</p>
      <HostBar session={session} workshop={workshop} snapshot={snapshot} media={media} onStage={onStage} count={count} />
    </>
  );
}

interface PreflightProps {
  workshop: WorkshopView;
  stage: StageClient;
  snapshot: StageSnapshot;
  media: HostMedia;
  /** Whether the check of every road is theirs. */
  mayExamine: boolean;
}

/** Before a host goes on stage: camera and microphone, and how the stage itself stands. */
function Preflight({ workshop, stage, snapshot, media, mayExamine }: PreflightProps) {
  const { t } = useTranslation('stage');
  const { letGo } = media;
  useEffect(() => letGo, [letGo]);
  return (
    <section className={styles['preflight']} aria-label={t('check.title')} data-phase={snapshot.stage.phase}>
      <h2>{t('check.title')}</h2>
      <p>{workshop.state === 'live' ? t('state.emptyLiveText') : t('state.emptyText')}</p>
      <DeviceCheck media={media} camera={media.preview.camera} microphone={media.preview.microphone} />
      {snapshot.stage.phase === 'on' || snapshot.stage.phase === 'off' ? <><MediaLine /><LineCheck stage={stage} isReady={snapshot.stage.phase === 'on'} /></> : <StageNotice stage={snapshot.stage} />}
      {mayExamine && <Anchor component={Link} to="/desk/doctor" target="_blank" className={lobby['examine']}>{t('line.doctor')}</Anchor>}
    </section>
  );
}

function Nobody({ workshop }: { workshop: WorkshopView }) {
  const { t } = useTranslation('stage');
  return workshop.state === 'live' ? <Notice title={t('state.waiting')} text={t('state.waitingText')} /> : <Ended workshop={workshop} />;
}
