import { Popover, UnstyledButton } from '@mantine/core';
import { IconAntennaBars1, IconAntennaBars2, IconAntennaBars3, IconAntennaBars5 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { NetworkQuality } from '../stage/networkQuality.js';
import styles from './stage.module.css';

const icons = { good: IconAntennaBars5, fair: IconAntennaBars3, poor: IconAntennaBars2 };

/** How well the line carries the stage, as measured; the numbers for whoever asks. */
export function NetworkIndicator({ quality }: { quality: NetworkQuality | null }) {
  const { t, i18n } = useTranslation('stage');
  const verdict = quality?.verdict ?? null;
  const words = verdict ? { good: t('network.good'), fair: t('network.fair'), poor: t('network.poor') }[verdict] : t('network.unknown');
  const Icon = verdict ? icons[verdict] : IconAntennaBars1;
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 });
  const detail = quality ? t('network.detail', { loss: percent.format(quality.loss), rtt: quality.rttMs ?? '–', kbitIn: quality.kbitIn, kbitOut: quality.kbitOut }) : words;
  return (
    <Popover width={260} withArrow>
      <Popover.Target>
        <UnstyledButton className={styles['network']} data-verdict={verdict ?? 'unknown'}>
          <Icon size={18} aria-hidden /> <span className={styles['networkWord']}>{words}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>{detail}</Popover.Dropdown>
    </Popover>
  );
}
