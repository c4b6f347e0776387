import { Button, NativeSelect } from '@mantine/core';
import { IconCamera } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listDevices } from './capture.js';
import { CaptureTrouble } from './CaptureTrouble.js';
import { TrackVideo } from '../screen/TrackVideo.js';
import { useLevel } from './useLevel.js';
import type { HostMedia } from './useHostMedia.js';
import styles from './capture.module.css';

export interface DeviceCheckProps {
  media: HostMedia;
  /** What is looked at and listened to: the preview, or what is on stage already. */
  camera: MediaStreamTrack | null;
  microphone: MediaStreamTrack | null;
}

/** Camera and microphone, looked at and listened to before (or while) others do. Nothing is asked of the browser before the button. */
export function DeviceCheck({ media, camera, microphone }: DeviceCheckProps) {
  const { t } = useTranslation('stage');
  const isOpen = camera !== null || microphone !== null;
  return (
    <div className={styles['check']}>
      <div className={styles['preview']}>
        {camera ? <TrackVideo media={camera} label={t('check.preview')} isMirrored /> : <span className="meta">{t('check.noCamera')}</span>}
      </div>
      {isOpen ? <Devices media={media} microphone={microphone} /> : (
        <div className={styles['checkStart']}>
          <p>{t('check.text')}</p>
          <Button leftSection={<IconCamera size={18} aria-hidden />} onClick={() => void media.check()}>{t('check.start')}</Button>
        </div>
      )}
      <CaptureTrouble problems={media.problems} />
    </div>
  );
}

function Devices({ media, microphone }: { media: HostMedia; microphone: MediaStreamTrack | null }) {
  const { t } = useTranslation('stage');
  const { cameras, microphones } = useDeviceList();
  const level = Math.round(useLevel(microphone) * 100);
  const options = (devices: MediaDeviceInfo[]) => [
    { value: '', label: t('check.default') },
    ...devices.filter((each) => each.deviceId !== '' && each.deviceId !== 'default').map((each, index) => ({ value: each.deviceId, label: each.label || t('check.numbered', { number: index + 1 }) })),
  ];
  return (
    <div className={styles['devices']}>
      <NativeSelect label={t('check.camera')} data={options(cameras)} value={media.choice.cameraId} onChange={(event) => void media.choose('camera', event.currentTarget.value)} />
      <NativeSelect label={t('check.microphone')} data={options(microphones)} value={media.choice.microphoneId} onChange={(event) => void media.choose('microphone', event.currentTarget.value)} />
      <meter className={styles['meter']} min={0} max={100} value={level} aria-label={t('check.level')} />
    </div>
  );
}

function useDeviceList() {
  const [devices, setDevices] = useState<Awaited<ReturnType<typeof listDevices>>>({ cameras: [], microphones: [] });
  useEffect(() => {
    const look = () => void listDevices().then(setDevices);
    look();
    const media = navigator.mediaDevices as MediaDevices | undefined;
    media?.addEventListener('devicechange', look);
    return () => media?.removeEventListener('devicechange', look);
  }, []);
  return devices;
}
