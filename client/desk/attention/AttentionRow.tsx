import { Anchor } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttentionItem, Repair } from '../../../shared/contracts/tickets/attention.js';
import { useFormat } from '../../ui/format.js';
import { RepairButton } from './RepairButton.js';
import { useItemWords } from './useItemWords.js';
import styles from './attention.module.css';

export interface AttentionRowProps {
  item: AttentionItem;
  /** It is mended by this. */
  onMended: (by: Repair) => void;
}

/** One thing that is wrong, and what can be done about it. */
export function AttentionRow({ item, onMended }: AttentionRowProps) {
  const { t } = useTranslation('attention');
  const format = useFormat();
  const { what, means } = useItemWords()(item);
  const [askedAt, setAskedAt] = useState<number | null>(null);
  const onDone = (by: Repair, left: AttentionItem | null, at: number) => {
    setAskedAt(at);
    if (left === null) onMended(by);
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
        {item.repairs.map((repair) => <RepairButton key={repair.kind} item={item} repair={repair} what={what} onDone={(left, at) => onDone(repair, left, at)} />)}
        <p role="status" className={styles['still']}>{askedAt !== null && t('still', { time: format.exactTime(askedAt) })}</p>
      </div>
    </li>
  );
}

/** One thing that was wrong a moment ago, and what came of the repair. */
export function MendedRow({ item, by }: { item: AttentionItem; by: Repair }) {
  const { t } = useTranslation('attention');
  const format = useFormat();
  const { what } = useItemWords()(item);
  return (
    <li className={styles['row']} data-mended>
      <IconCircleCheck size={20} aria-hidden className={styles['sign']} />
      <div className={styles['words']}>
        <p className={styles['means']}>{what}</p>
        <p role="status" className={styles['what']}>{t(`mended.${by.kind}`, { amount: 'amount' in by ? format.money(by) : '' })}</p>
      </div>
    </li>
  );
}
