import { useTranslation } from 'react-i18next';
import styles from './styles/Badge.module.css';

/** The only thing in the house that pulses red: something is live now. */
export function LiveBadge() {
  const { t } = useTranslation();
  return (
    <span className={styles['live']}>
      <span aria-hidden="true" className={styles['dot']} />
      {t('live')}
    </span>
  );
}
