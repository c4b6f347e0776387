import { useTranslation } from 'react-i18next';
import type { PersonHere } from '../../shared/contracts/presence.js';
import { useHouseNow } from './clock.js';
import { lookEveryMs, standingOf } from './standing.js';
import styles from './presence.module.css';

export interface StandingWordsProps {
  person: PersonHere;
  /** They are on a stage, and touch no keyboard while they speak. */
  isSeen?: boolean;
}

/** How somebody stands, in a word; nothing for who is simply here. */
export function StandingWords({ person, isSeen }: StandingWordsProps) {
  const { t } = useTranslation('reading');
  const standing = standingOf(person, useHouseNow(lookEveryMs), isSeen);
  return standing === 'available' ? null : <span className={styles['words']}>{t(`standing.${standing}`)}</span>;
}
