import { Button } from '@mantine/core';
import { IconDoorExit } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { EndReason } from '../../../shared/contracts/rights.js';
import type { WorkshopView } from '../../../shared/contracts/workshops.js';
import { useEndWords } from '../endWords.js';
import styles from './left.module.css';

/** The page of those who may not (or no longer) be here: why, and what can be done. Told assertively. */
export function LeftNotice({ workshop, reason }: { workshop: WorkshopView; reason: EndReason | null }) {
  const { t } = useTranslation('workshops');
  const words = useEndWords();
  return (
    <main className={styles['left']}>
      <div role="alert">
        <IconDoorExit size={32} aria-hidden />
        <h1>{reason ? t('left.title') : t('left.noSeat')}</h1>
        <p className={styles['leftWhich']}>{workshop.title}</p>
        <p>{reason ? words(reason) : t('left.noSeatText')}</p>
      </div>
      <div className={styles['leftWays']}>
        <Button component={Link} to={`/workshops/${workshop.id}`}>{t('left.about')}</Button>
        {workshop.you.orderId && <Button component={Link} to={`/orders/${workshop.you.orderId}`} variant="default">{t('left.order')}</Button>}
        <Button component={Link} to="/" variant="subtle" color="gray">{t('left.home')}</Button>
      </div>
    </main>
  );
}
