import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { onStage as calls } from '../../../shared/contracts/live/onStage.js';
import type { WorkshopView } from '../../../shared/contracts/workshops.js';
import { call } from '../../api/socket.js';
import { CaptureTrouble } from '../../media/capture/CaptureTrouble.js';
import { LostDeviceNote } from '../../media/capture/LostDeviceNote.js';
import { useHostMedia } from '../../media/capture/useHostMedia.js';
import type { StageSnapshot } from '../../media/stage/stageState.js';
import { HandButton } from '../../onStage/HandButton.js';
import { InvitationDialog } from '../../onStage/InvitationDialog.js';
import { Told } from '../../onStage/Told.js';
import { useAct } from '../../onStage/useAct.js';
import type { OnStageHold } from '../../onStage/useOnStage.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { Sending } from './host/HostBar.js';
import { SendingTrouble } from './host/SendingTrouble.js';
import type { LiveSession } from './liveSession.js';
import styles from './host/host.module.css';

export interface AudienceBarProps {
  session: LiveSession;
  workshop: WorkshopView;
  snapshot: StageSnapshot;
  onStage: OnStageHold;
}

/** Under the stage, for whoever is no host: the hand; the invitation; and, as a speaker, what one sends. */
export function AudienceBar({ session, workshop, snapshot, onStage }: AudienceBarProps) {
  const { t } = useTranslation('stage');
  const own = onStage.view?.own;
  const media = useHostMedia(session.stage, own?.silenced);
  const { letGo } = media;
  const mayShow = own !== undefined && (own.isSpeaker || own.invitedBy !== null);
  useEffect(() => {
    if (!mayShow) letGo();
  }, [mayShow, letGo]);
  if (!own) return null;
  return (
    <div className={styles['host']}>
      <LostDeviceNote lost={media.lost} onDismiss={media.dismissLost} />
      <CaptureTrouble problems={media.problems} />
      <SendingTrouble own={snapshot.own} stage={session.stage} />
      <Told hold={onStage} />
      <div className={styles['bar']} role="toolbar" aria-label={t('control.bar')}>
        {own.isSpeaker
          ? <Speaking session={session} workshop={workshop} snapshot={snapshot} onStage={onStage} media={media} />
          : workshop.state === 'live' && <HandButton workshopId={workshop.id} hold={onStage} />}
      </div>
      <InvitationDialog workshopId={workshop.id} hold={onStage} media={media} />
    </div>
  );
}

function Speaking({ session, workshop, snapshot, onStage, media }: AudienceBarProps & { media: ReturnType<typeof useHostMedia> }) {
  const { t } = useTranslation('onStage');
  const act = useAct(onStage);
  const silenced = onStage.view?.own.silenced;
  return (
    <>
      <p className="unseen" role="alert">{t('you.onStage')}</p>
      {snapshot.own.length > 0
        ? <Sending session={session} snapshot={snapshot} media={media} silenced={silenced} />
        : <Button variant="default" disabled={silenced?.audio && silenced.video} onClick={() => void media.goOnStage()}>{t('you.show')}</Button>}
      <Button variant="default" loading={act.isBusy} onClick={() => void act.run(async () => ({ own: await call(calls.stepDown, { workshopId: workshop.id }) }))}>{t('you.leave')}</Button>
      <ErrorNote error={act.error} />
    </>
  );
}
