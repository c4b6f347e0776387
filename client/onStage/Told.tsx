import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './onStage.module.css';
import type { OnStageHold } from './useOnStage.js';

/** What a host has done about oneself, in words, until one has read it. */
export function Told({ hold: { muting, hasEnded, dismiss } }: { hold: OnStageHold }) {
  const { t } = useTranslation('onStage');
  const words = hasEnded ? t('you.ended') : muting && t(muting.isHeld ? `held.${muting.media}` : `muted.${muting.media}`, { name: muting.by.name });
  return (
    <div role="status">
      {words && <p className={styles['told']}>{words} <Button size="compact-sm" variant="default" className={styles['touch']} onClick={dismiss}>{t('gotIt')}</Button></p>}
    </div>
  );
}
