import { Button, Loader } from '@mantine/core';
import { IconCircleCheck, IconEar, IconRefresh, IconWifiOff, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { verdictOnLine, type LineMeasure, type LineVerdict } from '../../media/line/lineVerdict.js';
import type { StageClient } from '../../media/stage/stageClient.js';
import { useLineCheck } from '../../media/line/useLineCheck.js';
import { useFailureWords } from '../../ui/ErrorNote.js';
import styles from './lobby.module.css';

const icons: Record<LineVerdict, Icon> = { video: IconCircleCheck, audio: IconEar, none: IconWifiOff };

/** What the line to the stage is good for, measured over the transport that will carry it, and what can be done. */
export function LineCheck({ stage, isReady }: { stage: StageClient; isReady: boolean }) {
  const { t } = useTranslation('stage');
  const words = useFailureWords();
  const { check, again } = useLineCheck(stage, isReady);
  return (
    <section className={styles['line']} aria-label={t('line.title')} data-line={check.state}>
      <div role="status" className={styles['lineWords']}>
        {check.state === 'measuring' && <p className={styles['measuring']}><Loader size="xs" aria-hidden /> {t('line.measuring')}</p>}
        {check.state === 'failed' && <p>{t('line.failed', { why: words(check.error) })}</p>}
        {check.state === 'measured' && <Verdict measure={check.measure} />}
      </div>
      {check.state !== 'measuring' && <Button variant="subtle" size="compact-xs" className={styles['again']} leftSection={<IconRefresh size={14} aria-hidden />} onClick={again}>{t('line.again')}</Button>}
    </section>
  );
}

function Verdict({ measure }: { measure: LineMeasure | null }) {
  const { t, i18n } = useTranslation('stage');
  const verdict = verdictOnLine(measure);
  const Icon = icons[verdict];
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 });
  return (
    <>
      <p className={styles['verdict']} data-verdict={verdict}><Icon size={18} aria-hidden /> {t(`line.${verdict}`)}</p>
      <p>{t(`line.${verdict}Text`)}</p>
      {measure && measure.road !== 'udp' && <p>{t(`line.${measure.road}`)}</p>}
      {measure && <p className="tabular">{t('line.detail', { rtt: measure.rttMs ?? '–', loss: percent.format(measure.loss), kbit: measure.kbit })}</p>}
    </>
  );
}
