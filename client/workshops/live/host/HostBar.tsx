import { ActionIcon, Button, Tooltip } from '@mantine/core';
import {
  IconMicrophone, IconMicrophoneOff, IconScreenShare, IconScreenShareOff, IconSettings, IconVideo, IconVideoOff,
} from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Silenced } from '../../../../shared/contracts/live/onStage.js';
import type { WorkshopView } from '../../../../shared/contracts/workshops.js';
import { CaptureTrouble } from '../../../media/capture/CaptureTrouble.js';
import { canShareScreen } from '../../../media/capture/capture.js';
import { DeviceCheck } from '../../../media/capture/DeviceCheck.js';
import { LostDeviceNote } from '../../../media/capture/LostDeviceNote.js';
import type { HostMedia } from '../../../media/capture/useHostMedia.js';
import type { StageSnapshot } from '../../../media/stage/stageState.js';
import { Told } from '../../../onStage/Told.js';
import type { OnStageHold } from '../../../onStage/useOnStage.js';
import { EndsItself } from './EndsItself.js';
import { EndWorkshop } from './EndWorkshop.js';
import { GoLive } from './GoLive.js';
import type { LiveSession } from '../liveSession.js';
import { SendingTrouble } from './SendingTrouble.js';
import { Dialog } from '../../../ui/Dialog.js';
import styles from './host.module.css';

export interface HostBarProps {
  session: LiveSession;
  workshop: WorkshopView;
  snapshot: StageSnapshot;
  media: HostMedia;
  /** What the one who leads has silenced of another host. */
  onStage: OnStageHold;
  /** How many are here. */
  count: number;
  /** Beside other things, not under the stage. */
  isBeside?: boolean;
}

/** What a host does with the stage: on and off, what is sent, live and the end. */
export function HostBar({ session, workshop, snapshot, media, onStage, count, isBeside = false }: HostBarProps) {
  const { t } = useTranslation('stage');
  const isOnStage = snapshot.own.length > 0;
  const silenced = onStage.view?.own.silenced;
  const areOthers = snapshot.stage.phase === 'on' && snapshot.stage.tracks.length > 0;
  if (workshop.state !== 'scheduled' && workshop.state !== 'live') return null;
  return (
    <div className={styles['host']} data-beside={isBeside}>
      <EndsItself session={session} workshop={workshop} />
      <LostDeviceNote lost={media.lost} onDismiss={media.dismissLost} />
      <CaptureTrouble problems={media.problems} />
      <SendingTrouble own={snapshot.own} stage={session.stage} />
      <Told hold={onStage} />
      <div className={styles['bar']} role="toolbar" aria-label={t('control.bar')}>
        {isOnStage && <Sending session={session} snapshot={snapshot} media={media} silenced={silenced} />}
        {isOnStage ? <Button variant="default" onClick={() => void media.leaveStage()}>{t('control.leaveStage')}</Button> : <Button variant="default" disabled={silenced?.audio && silenced.video} onClick={() => void media.goOnStage()}>{t('control.goOnStage')}</Button>}
        {!isOnStage && <ShareControl media={media} isSharing={false} isDisabled={silenced?.video} />}
        {!isOnStage && areOthers && <DevicesButton media={media} camera={media.preview.camera} microphone={media.preview.microphone} />}
        {workshop.state === 'scheduled' && <GoLive session={session} workshop={workshop} media={media} isOnStage={isOnStage} count={count} />}
        {workshop.state === 'live' && <EndWorkshop session={session} workshop={workshop} />}
      </div>
    </div>
  );
}

export interface SendingProps {
  session: LiveSession;
  snapshot: StageSnapshot;
  media: HostMedia;
  /** What a host keeps one from sending. */
  silenced?: Silenced | undefined;
}

/** What is sent, and the buttons that change it. */
export function Sending({ session, snapshot, media, silenced = { audio: false, video: false } }: SendingProps) {
  const { t } = useTranslation('stage');
  const own = (source: string) => snapshot.own.find((each) => each.source === source);
  const [camera, microphone, screen] = [own('camera'), own('microphone'), own('screen')];
  // Muted by a host, a screen's sound waits with the microphone, and has no button of its own.
  const unmute = () => Promise.all((['microphone', 'screenAudio'] as const).filter((source) => own(source)?.paused).map((source) => session.stage.setPaused(source, false)));
  return (
    <>
      {microphone
        ? (
          <Control icon={microphone.paused ? <IconMicrophoneOff size={18} /> : <IconMicrophone size={18} />} isOff={microphone.paused} isDisabled={silenced.audio} onClick={() => void (microphone.paused ? unmute() : session.stage.setPaused('microphone', true))}>
            {microphone.paused ? t('control.unmute') : t('control.mute')}
          </Control>
        )
        : <Control icon={<IconMicrophoneOff size={18} />} isOff isDisabled={silenced.audio} onClick={() => void media.turnOn('microphone')}>{t('control.microphone')}</Control>}
      <Control icon={camera ? <IconVideo size={18} /> : <IconVideoOff size={18} />} isOff={!camera} isDisabled={silenced.video && !camera} onClick={() => void (camera ? session.stage.unpublish('camera') : media.turnOn('camera'))}>
        {camera ? t('control.cameraOff') : t('control.camera')}
      </Control>
      <ShareControl media={media} isSharing={screen !== undefined} isDisabled={silenced.video && !screen} />
      <DevicesButton media={media} camera={camera?.media ?? media.preview.camera} microphone={microphone?.media ?? media.preview.microphone} />
    </>
  );
}

/** Where the browser can. It needs neither camera nor microphone. */
function ShareControl({ media, isSharing, isDisabled = false }: { media: HostMedia; isSharing: boolean; isDisabled?: boolean | undefined }) {
  const { t } = useTranslation('stage');
  if (!canShareScreen()) return null;
  return (
    <Control icon={isSharing ? <IconScreenShareOff size={18} /> : <IconScreenShare size={18} />} isDisabled={isDisabled} onClick={() => void (isSharing ? media.stopSharing() : media.shareScreen())}>
      {isSharing ? t('control.stopShare') : t('control.share')}
    </Control>
  );
}

/** On narrow screens only the icon is seen; the word stays its name. */
function Control({ icon, isOff = false, isDisabled = false, onClick, children }: { icon: ReactNode; isOff?: boolean; isDisabled?: boolean; onClick: () => void; children: string }) {
  return (
    <Button variant="default" leftSection={icon} data-off={isOff || undefined} disabled={isDisabled} className={styles['control']} onClick={onClick}>
      <span className={styles['controlWord']}>{children}</span>
    </Button>
  );
}

function DevicesButton({ media, camera, microphone }: { media: HostMedia; camera: MediaStreamTrack | null; microphone: MediaStreamTrack | null }) {
  const { t } = useTranslation('stage');
  const [isOpen, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
    media.letGo();
  };
  return (
    <>
      <Tooltip label={t('control.devices')}>
        <ActionIcon variant="default" size={36} aria-label={t('control.devices')} onClick={() => setOpen(true)}><IconSettings size={18} aria-hidden /></ActionIcon>
      </Tooltip>
      <Dialog opened={isOpen} onClose={close} title={t('control.devices')} size="lg">
        <DeviceCheck media={media} camera={camera} microphone={microphone} />
      </Dialog>
    </>
  );
}
