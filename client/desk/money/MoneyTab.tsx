import { useTranslation } from 'react-i18next';
import { useRouteQuery } from '../../api/useRoute.js';
import { tickets, type LedgerEntryView, type LedgerTotal, type LedgerView } from '../../../shared/contracts/tickets.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { useFormat } from '../../ui/format.js';
import { formatMoney } from '../../../shared/money.js';
import { Section } from '../../ui/PageFrame.js';
import { RowsSkeleton } from '../../ui/Skeletons.js';
import { DataTable, type Column } from '../table/DataTable.js';
import styles from '../desk.module.css';

/** The ledger: sums per currency, and every line they are made of. */
export function MoneyTab() {
  const ledger = useRouteQuery(tickets.ledger, {});
  if (ledger.data) return <Ledger ledger={ledger.data} />;
  return ledger.isPending ? <RowsSkeleton /> : <ErrorNote error={ledger.error} retry={() => void ledger.refetch()} />;
}

function Ledger({ ledger }: { ledger: LedgerView }) {
  const { t } = useTranslation('desk');
  if (ledger.entries.length === 0) return <EmptyState title={t('money.none')} />;
  return (
    <>
      <Section title={t('money.totals')}>
        <div className={styles['cards']}>{ledger.totals.map((total) => <Total key={total.currency} total={total} />)}</div>
      </Section>
      <Section title={t('money.ledger')}><Entries entries={ledger.entries} /></Section>
    </>
  );
}

function Total({ total }: { total: LedgerTotal }) {
  const { t, i18n } = useTranslation('desk');
  const money = (amount: number) => formatMoney(amount, total.currency, i18n.language);
  return (
    <div className={styles['card']}>
      <p className={`${styles['big']} tabular`}>{money(total.net)} <span className="meta">{t('money.net')}</span></p>
      <dl className={`${styles['sums']} tabular`}>
        <div><dt>{t('money.gross')}</dt><dd>{money(total.gross)}</dd></div>
        <div><dt>{t('money.refunds')}</dt><dd>{money(total.refunds)}</dd></div>
        {total.disputes !== 0 && <div><dt>{t('money.disputes')}</dt><dd>{money(total.disputes)}</dd></div>}
        <div><dt>{t('money.fees')}</dt><dd>{money(total.fees)}</dd></div>
      </dl>
    </div>
  );
}

function Entries({ entries }: { entries: LedgerEntryView[] }) {
  const { t, i18n } = useTranslation('desk');
  const format = useFormat();
  const kinds = { charge: t('kind.charge'), refund: t('kind.refund'), fee: t('kind.fee'), dispute: t('kind.dispute') };
  const streams = { subscription: t('stream.subscription'), pay_per_use: t('stream.pay_per_use'), partnership: t('stream.partnership') };
  const columns: Column<LedgerEntryView>[] = [
    { name: t('money.when'), value: (row) => row.occurredAt, shown: (row) => <span className={styles['noWrap']}>{format.dateTime(row.occurredAt)}</span> },
    { name: t('money.what'), value: (row) => row.label },
    { name: t('money.kind'), value: (row) => kinds[row.kind] },
    { name: t('money.stream'), value: (row) => streams[row.stream] },
    { name: t('money.amount'), value: (row) => row.amount, shown: (row) => formatMoney(row.amount, row.currency, i18n.language), isNumber: true },
  ];
  const exported = () => [
    [t('money.when'), t('money.what'), t('money.kind'), t('money.stream'), t('money.currency'), t('money.amount'), t('sales.order')],
    ...entries.map((row) => [row.occurredAt, row.label, kinds[row.kind], streams[row.stream], row.currency.toUpperCase(), row.amount, row.orderId]),
  ];
  return <DataTable name={t('money.ledger')} rows={entries} columns={columns} keyOf={(row) => row.id} none={null} exported={{ file: 'ledger.csv', rows: exported }} />;
}
