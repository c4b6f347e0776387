import { Anchor } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttentionItem } from '../../../shared/contracts/tickets/attention.js';
import { useFormat } from '../../ui/format.js';
import { RepairButton } from './RepairButton.js';
import { useItemWords } from './useItemWords.js';
import styles from './attention.module.css';

export interface AttentionRowProps {
  item: AttentionItem;
  /** A repair was begun. */
  onAsked: () => void;
  /** It is mended, and goes out of the list. */
  onMended: () => void;
}

/** One thing that is wrong, and what can be done about it. */
export function AttentionRow({ item, onAsked, onMended }: AttentionRowProps) {
  const { t } = useTranslation('attention');
  const format = useFormat();
  const { what, means } = useItemWords()(item);
  const [askedAt, setAskedAt] = useState<number | null>(null);
  const onDone = (left: AttentionItem | null) => {
    setAskedAt(Date.now());
    if (left === null) onMended();
  };
  return (
    <li className={styles['row']}>
      <IconAlertTriangle size={20} aria-hidden className={styles['sign']} />
      <div className={styles['words']}>
        <p className={styles['what']}>{what}</p>
        <p className={styles['means']}>{means}</p>
        <p className="meta tabular">
          {t('since', { when: format.dateTime(item.since) })}
          {'stripeUrl' in item && item.stripeUrl && <> · <Anchor href={item.stripeUrl} target="_blank" rel="noreferrer" size="sm">{t('atStripe')}</Anchor></>}
        </p>
      </div>
      <div className={styles['repairs']}>
        {item.repairs.map((repair) => <RepairButton key={repair.kind} item={item} repair={repair} what={what} onAsked={onAsked} onDone={onDone} />)}
        <p role="status" className={styles['still']}>{askedAt !== null && t('still', { time: format.exactTime(askedAt) })}</p>
      </div>
    </li>
  );
}
