import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { OrderView } from '../../shared/contracts/tickets.js';
import { Section } from '../ui/PageFrame.js';
import { useFormat } from '../ui/format.js';
import { useRefundPromise, useRefundRow } from './refundWords.js';
import { usePriceWords } from './usePriceWords.js';
import styles from './tickets.module.css';

/** What was bought, for how much, when, and under which promise: as it was shown at the sale. */
export function Receipt({ order }: { order: OrderView }) {
  const { t } = useTranslation('tickets');
  const format = useFormat();
  const refundRow = useRefundRow(order);
  const promise = [useRefundPromise()(order.refundRules, order.startsAt), order.refundPolicy].filter(Boolean).join('\n');
  const { price, why } = order;
  const whyLines = usePriceWords().why(why, price.currency);
  const rows: [string, string | null][] = [
    [t('receipt.seat'), order.workshopTitle],
    [t('receipt.ticket'), order.ticketName || null],
    [t('receipt.when'), format.dateTime(order.startsAt)],
    [t('receipt.list'), price.amount < why.list ? format.money({ ...price, amount: why.list }) : null],
    [t('receipt.why'), whyLines.length > 0 ? whyLines.join(' · ') : null],
    [t('receipt.price'), price.amount === 0 ? t('receipt.free') : format.money(price)],
    [t('receipt.ordered'), format.dateTime(order.createdAt)],
    [t('receipt.paid'), order.paidAt && format.dateTime(order.paidAt)],
    [t('receipt.refunded'), order.refundedAt && format.dateTime(order.refundedAt)],
    [t('receipt.policy'), promise || null],
    ...order.refunds.map(refundRow),
    [t('receipt.number'), order.id],
  ];
  const isReceipt = order.paidAt !== null;
  const print = <Button size="xs" variant="default" leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>{t('receipt.print')}</Button>;
  return (
    <Section title={isReceipt ? t('receipt') : t('receipt.details')} action={isReceipt && print}>
      <dl className={styles['receipt']}>
        {rows.map(([name, value], place) => value !== null && (
          // Two refunds may bear the same name; rows are only ever added at the end.
          <div key={`${place} ${name}`}>
            <dt>{name}</dt>
            <dd className="tabular">{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
