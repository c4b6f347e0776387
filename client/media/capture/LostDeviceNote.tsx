import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LostDevice } from './useLostDevices.js';
import styles from './capture.module.css';

/** Says which device went away in mid-talk and what is used instead. */
export function LostDeviceNote({ lost, onDismiss }: { lost: LostDevice | null; onDismiss: () => void }) {
  const { t } = useTranslation('stage');
  if (!lost) return null;
  const none = { camera: t('lost.cameraNone'), microphone: t('lost.microphoneNone') };
  const device = lost.instead === '' ? t('lost.other') : lost.instead;
  const words = device === null ? none[lost.kind] : { camera: t('lost.camera', { device }), microphone: t('lost.microphone', { device }) }[lost.kind];
  return (
    <div role="alert" className={styles['lost']} data-none={device === null || undefined}>
      <p>{words}</p>
      <Button size="compact-sm" variant="subtle" onClick={onDismiss}>{t('lost.dismiss')}</Button>
    </div>
  );
}
