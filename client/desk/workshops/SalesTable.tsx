import { useTranslation } from 'react-i18next';
import { useRouteQuery } from '../../api/useRoute.js';
import { tickets, type OrderState, type SaleRow } from '../../../shared/contracts/tickets.js';
import { Badge } from '../../ui/Badge.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { useFormat } from '../../ui/format.js';
import { Section } from '../../ui/PageFrame.js';
import { RowsSkeleton } from '../../ui/Skeletons.js';
import { DataTable, type Column } from '../table/DataTable.js';
import { mayBeRefunded, RefundButton } from './RefundButton.js';

/** Who bought, for how much, and what became of it. */
export function SalesTable({ workshopId }: { workshopId: string }) {
  const { t } = useTranslation('desk');
  const rows = useRouteQuery(tickets.sales, { workshopId }, { staleTime: 0 });
  return (
    <Section title={t('sales')}>
      {rows.data ? <Sales rows={rows.data} /> : rows.isPending ? <RowsSkeleton count={3} /> : <ErrorNote error={rows.error} retry={() => void rows.refetch()} />}
    </Section>
  );
}

function Sales({ rows }: { rows: SaleRow[] }) {
  const { t } = useTranslation('desk');
  const format = useFormat();
  const states: Record<OrderState, string> = {
    open: t('order.open'), awaiting: t('order.awaiting'), paid: t('order.paid'), expired: t('order.expired'), failed: t('order.failed'),
    disputed: t('order.disputed'), charged_back: t('order.chargedBack'),
    refunding: t('order.refunding'), refunded: t('order.refunded'), late: t('order.late'),
  };
  const money = (amount: number, { currency }: SaleRow) => format.money({ amount, currency });
  const columns: Column<SaleRow>[] = [
    { name: t('sales.buyer'), value: (row) => row.buyer.name },
    { name: t('sales.state'), value: (row) => states[row.state], shown: (row) => <SaleState row={row} word={states[row.state]} /> },
    ...(rows.some((row) => row.ticketName !== '') ? [{ name: t('sales.ticket'), value: (row: SaleRow) => row.ticketName }] : []),
    ...(rows.some((row) => row.couponCode !== null) ? [{ name: t('sales.coupon'), value: (row: SaleRow) => row.couponCode, shown: (row: SaleRow) => row.couponCode ?? '–' }] : []),
    { name: t('sales.gross'), value: (row) => row.gross, shown: (row) => money(row.gross, row), isNumber: true },
    { name: t('sales.refunded'), value: (row) => row.refunded, shown: (row) => (row.refunded === 0 ? '–' : money(row.refunded, row)), isNumber: true },
    ...(rows.some((row) => row.disputed !== 0) ? [{ name: t('sales.disputed'), value: (row: SaleRow) => row.disputed, shown: (row: SaleRow) => (row.disputed === 0 ? '–' : money(row.disputed, row)), isNumber: true }] : []),
    { name: t('sales.fee'), value: (row) => row.fee, shown: (row) => (row.fee === null ? t('sales.feeUnknown') : money(row.fee, row)), isNumber: true },
    { name: t('sales.paidAt'), value: (row) => row.paidAt, shown: (row) => (row.paidAt ? format.dateTime(row.paidAt) : '–') },
    { name: t('refund'), value: (row) => Number(row.state === 'paid'), shown: (row) => (mayBeRefunded(row) ? <RefundButton sale={row} /> : null) },
  ];
  const exported = () => [
    [t('sales.order'), t('sales.buyer'), t('sales.state'), t('sales.ticket'), t('sales.coupon'), t('sales.currency'), t('sales.gross'), t('sales.refunded'), t('sales.disputed'), t('sales.fee'), t('sales.paidAt')],
    ...rows.map((row) => [row.orderId, row.buyer.name, states[row.state], row.ticketName, row.couponCode, row.currency.toUpperCase(), row.gross, row.refunded, row.disputed, row.fee, row.paidAt]),
  ];
  return <DataTable name={t('sales')} rows={rows} columns={columns} keyOf={(row) => row.orderId} none={<p className="meta">{t('sales.none')}</p>} exported={{ file: 'sales.csv', rows: exported }} />;
}

const tones: Partial<Record<OrderState, 'good' | 'warn' | 'bad'>> = { paid: 'good', awaiting: 'warn', late: 'bad', disputed: 'bad', charged_back: 'bad' };

/** What became of it; for an open dispute also until when it can be answered. */
function SaleState({ row, word }: { row: SaleRow; word: string }) {
  const { t } = useTranslation('desk');
  const format = useFormat();
  return (
    <>
      <Badge tone={tones[row.state] ?? 'plain'}>{word}</Badge>
      {row.answerBy && <p className="meta">{t('sales.answerBy', { when: format.dateTime(row.answerBy) })}</p>}
    </>
  );
}
