import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { StageClient } from '../../../media/stage/stageClient.js';
import type { Publication } from '../../../media/stage/stageState.js';
import { useFailureWords } from '../../../ui/ErrorNote.js';
import styles from './host.module.css';

/** What could not be put on stage, why, and the button that tries again. */
export function SendingTrouble({ own, stage }: { own: readonly Publication[]; stage: StageClient }) {
  const { t } = useTranslation('stage');
  const words = useFailureWords();
  const failed = own.filter((each) => each.state === 'failed');
  if (failed.length === 0) return null;
  return (
    <div role="alert" className={styles['trouble']}>
      {failed.map(({ source, media, paused, error }) => (
        <p key={source}>
          {t('control.failed', { why: words(error) })}
          <Button size="compact-sm" variant="default" onClick={() => void stage.publish(source, media, paused)}>{t('control.sendAgain')}</Button>
        </p>
      ))}
    </div>
  );
}
