import { useTranslation } from 'react-i18next';
import styles from './reading.module.css';

const shownMax = 99;

/** How many messages call the member, as a number in a pill. */
export function CallCount({ count }: { count: number }) {
  const { t } = useTranslation('reading');
  return (
    <span className={styles['count']}>
      <span aria-hidden="true">{count > shownMax ? `${shownMax}+` : count}</span>
      <span className="unseen">{t('calls', { count })}</span>
    </span>
  );
}

/** That something is new, without how much. */
export function UnreadDot() {
  const { t } = useTranslation('reading');
  return (
    <span className={styles['dot']}>
      <span className="unseen">{t('new')}</span>
    </span>
  );
}
