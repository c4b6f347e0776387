import { Popover, UnstyledButton } from '@mantine/core';
import { IconAntennaBars1, IconAntennaBars2, IconAntennaBars3, IconAntennaBars5 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { NetworkQuality } from '../line/networkQuality.js';
import styles from './stage.module.css';

const icons = { good: IconAntennaBars5, fair: IconAntennaBars3, poor: IconAntennaBars2 };

/** How well the line carries the stage, as measured, and whose the trouble is; the numbers for whoever asks. */
export function NetworkIndicator({ quality }: { quality: NetworkQuality | null }) {
  const { t, i18n } = useTranslation('stage');
  const verdict = quality?.verdict ?? null;
  const words = verdict ? { good: t('network.good'), fair: t('network.fair'), poor: t('network.poor') }[verdict] : t('network.unknown');
  const Icon = verdict ? icons[verdict] : IconAntennaBars1;
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 });
  return (
    <Popover width={280} withArrow>
      <Popover.Target>
        <UnstyledButton className={styles['network']} data-verdict={verdict ?? 'unknown'}>
          <Icon size={18} aria-hidden /> <span className={styles['networkWord']}>{words}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <p>{words}</p>
        {quality?.trouble && <p>{t(`network.trouble.${quality.trouble}`)}</p>}
        {quality && (
          <p className="meta tabular">
            {t('network.detail', { kbitIn: quality.kbitIn, lossIn: percent.format(quality.lossIn), kbitOut: quality.kbitOut, lossOut: percent.format(quality.lossOut), rtt: quality.rttMs ?? '–' })}
          </p>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
