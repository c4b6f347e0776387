import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CurrencyBooks, LedgerFilter, LedgerKind, LedgerSums } from '../../../shared/contracts/money/ledger.js';
import { useFormat } from '../../ui/format.js';
import { Section } from '../../ui/PageFrame.js';
import { DataTable, type Column } from '../table/DataTable.js';
import { linesAddress } from './linesAddress.js';
import { useMoneyWords } from './useMoneyWords.js';
import styles from './money.module.css';

/** The sums, in the order they are read, and the kind of line each is made of; the net is made of all. */
const sumKinds = [['gross', 'charge'], ['refunds', 'refund'], ['disputes', 'dispute'], ['fees', 'fee'], ['net', undefined]] as const satisfies readonly (readonly [keyof LedgerSums, LedgerKind | undefined])[];

/** The books in one currency, of a year or of all time: the total, and where, when and for what it came in. */
export function CurrencyPart({ books, year }: { books: CurrencyBooks; year: string | undefined }) {
  const { t } = useTranslation('desk');
  const format = useFormat();
  const { streams } = useMoneyWords();
  const currency = books.currency.toUpperCase();
  const here: LedgerFilter = { currency: books.currency, period: year };
  return (
    <Section title={currency}>
      <div className={styles['parts']}>
        <Total sums={books.total} here={here} />
        <SumsTable name={t('money.streams', { currency })} what={t('money.stream')} rows={books.streams.map((sums) => ({ key: sums.stream, name: streams[sums.stream], order: sums.stream, sums, filter: { ...here, stream: sums.stream } }))} />
        <SumsTable name={t('money.months', { currency })} what={t('money.month')} rows={books.months.map((sums) => ({ key: sums.month, name: format.month(sums.month), order: sums.month, sums, filter: { ...here, period: sums.month } }))} />
        {books.workshops.length > 0 && <SumsTable name={t('money.workshops', { currency })} what={t('money.workshop')} rows={books.workshops.map((sums) => ({ key: sums.workshopId, name: sums.title, order: sums.title, sums, filter: { ...here, workshopId: sums.workshopId } }))} />}
      </div>
    </Section>
  );
}

function Total({ sums, here }: { sums: LedgerSums; here: LedgerFilter }) {
  const { t } = useTranslation('desk');
  const names = useSumNames();
  return (
    <dl className={`${styles['total']} tabular`}>
      {sumKinds.map(([sum, kind]) => (
        <div key={sum} data-sum={sum}>
          <dt>{sum === 'gross' ? t('money.revenue') : names[sum]}</dt>
          <dd><Opens amount={sums[sum]} filter={{ ...here, kind }} what={t('money.revenue')} sum={names[sum]} /></dd>
        </div>
      ))}
    </dl>
  );
}

interface SumsRow {
  key: string;
  name: string;
  /** What the row is sorted by. */
  order: string;
  sums: LedgerSums;
  /** The lines that the sums are made of. */
  filter: LedgerFilter;
}

function SumsTable({ name, what, rows }: { name: string; what: string; rows: readonly SumsRow[] }) {
  const names = useSumNames();
  const columns: Column<SumsRow>[] = [
    { name: what, value: (row) => row.order, shown: (row) => row.name },
    ...sumKinds.map(([sum, kind]): Column<SumsRow> => ({
      name: names[sum],
      value: (row) => row.sums[sum],
      shown: (row) => <Opens amount={row.sums[sum]} filter={{ ...row.filter, kind }} what={row.name} sum={names[sum]} />,
      isNumber: true,
    })),
  ];
  return (
    <div className={styles['part']}>
      <h3>{name}</h3>
      <DataTable name={name} rows={rows} columns={columns} keyOf={(row) => row.key} none={null} />
    </div>
  );
}

/** A number that opens the lines it is made of. */
function Opens({ amount, filter, what, sum }: { amount: number; filter: LedgerFilter; what: string; sum: string }) {
  const { t } = useTranslation('desk');
  const { money } = useFormat();
  const shown = money({ amount, currency: filter.currency ?? '' });
  return <Link className={styles['number']} data-zero={amount === 0} to={linesAddress(filter)} aria-label={t('money.open', { what, sum, amount: shown })}>{shown}</Link>;
}

function useSumNames(): Record<keyof LedgerSums, string> {
  const { t } = useTranslation('desk');
  return { gross: t('money.gross'), refunds: t('money.refunds'), disputes: t('money.disputes'), fees: t('money.fees'), net: t('money.net') };
}
