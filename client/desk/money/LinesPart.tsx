import { Button } from '@mantine/core';
import { IconArrowLeft, IconCoins } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { LedgerFilter, LedgerLines, LedgerLineView } from '../../../shared/contracts/money/ledger.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { formatBookDay, formatBookTime, useFormat } from '../../ui/format.js';
import { RowsSkeleton } from '../../ui/Skeletons.js';
import { DataTable, type Column } from '../table/DataTable.js';
import { LineFilters } from './LineFilters.js';
import { linesAddress, readLinesAddress } from './linesAddress.js';
import { SaveCsv } from './SaveCsv.js';
import { TakeBack } from './TakeBack.js';
import { readLinesCsv, useLines } from './useLines.js';
import { useMoneyWords } from './useMoneyWords.js';
import styles from './money.module.css';

/** The lines a number is made of: filtered by what the address says, the newest first. */
export function LinesPart() {
  const { t } = useTranslation('desk');
  const [search, setSearch] = useSearchParams();
  const filter = readLinesAddress(search);
  const change = (next: LedgerFilter) => setSearch(linesAddress(next).split('?')[1] ?? '', { replace: true });
  return (
    <>
      <div className={styles['tools']}>
        <Button component={Link} to="/desk/money" variant="subtle" color="gray" leftSection={<IconArrowLeft size={16} aria-hidden />}>{t('lines.back')}</Button>
        <SaveCsv file="ledger.csv" read={() => readLinesCsv(filter)} />
      </div>
      <LineFilters filter={filter} onChange={change} />
      <Lines filter={filter} />
    </>
  );
}

function Lines({ filter }: { filter: LedgerFilter }) {
  const { t } = useTranslation('desk');
  const lines = useLines(filter);
  if (lines.data === undefined) return lines.error ? <ErrorNote error={lines.error} retry={() => void lines.refetch()} /> : <RowsSkeleton />;
  const rows = lines.data.pages.flatMap((page) => page.lines);
  const clear = <Button component={Link} to={linesAddress({})} variant="default">{t('lines.clear')}</Button>;
  return (
    <>
      <LineSums sums={lines.data.pages[0]?.sums ?? []} />
      <LineTable rows={rows} isPart={lines.hasNextPage} none={<EmptyState icon={<IconCoins size={22} />} title={t('lines.none')} text={t('lines.noneText')} action={clear} />} />
      <ErrorNote error={lines.error} retry={() => void lines.fetchNextPage()} />
      {lines.hasNextPage && <Button variant="default" mt="md" loading={lines.isFetchingNextPage} onClick={() => void lines.fetchNextPage()}>{t('lines.more')}</Button>}
    </>
  );
}

/** What all the lines that fit come to, those too that are not shown yet; two currencies are never added. */
function LineSums({ sums }: { sums: NonNullable<LedgerLines['sums']> }) {
  const { t } = useTranslation('desk');
  const format = useFormat();
  if (sums.length === 0) return null;
  return (
    <dl className={`${styles['total']} ${styles['ofLines']} tabular`}>
      {sums.map((sum) => (
        <div key={sum.currency} data-sum="net">
          <dt>{t('lines.sum', { currency: sum.currency.toUpperCase() })}</dt>
          <dd>{format.money(sum)}</dd>
        </div>
      ))}
    </dl>
  );
}

function LineTable({ rows, isPart, none }: { rows: readonly LedgerLineView[]; isPart: boolean; none: ReactNode }) {
  const { t } = useTranslation('desk');
  const format = useFormat();
  const { kinds, streams } = useMoneyWords();
  const columns: Column<LedgerLineView>[] = [
    { name: t('lines.when'), value: (row) => row.occurredAt, shown: (row) => <When line={row} /> },
    { name: t('money.amount'), value: (row) => row.amount, shown: format.money, isNumber: true },
    { name: t('money.what'), value: (row) => row.label, shown: (row) => <What line={row} /> },
    { name: t('money.kind'), value: (row) => kinds[row.kind] },
    { name: t('money.stream'), value: (row) => streams[row.stream] },
  ];
  return <DataTable name={t('lines.title')} rows={rows} columns={columns} keyOf={(row) => row.id} none={none} isPart={isPart} />;
}

/** When it happened, as the books have it; what was entered by hand is of a day. */
function When({ line: { occurredAt, stream, kind } }: { line: LedgerLineView }) {
  const { i18n } = useTranslation();
  const isOfDay = stream === 'partnership' && kind === 'charge';
  return (
    <time className={styles['when']} dateTime={occurredAt}>
      <span>{formatBookDay(occurredAt, i18n.language)}</span> {!isOfDay && <span>{formatBookTime(occurredAt, i18n.language)}</span>}
    </time>
  );
}

/** What a line is about and the way to where it was sold; what was written down with it, and by whom. */
function What({ line }: { line: LedgerLineView }) {
  const { t } = useTranslation('desk');
  const { label, note, enteredBy, workshopId } = line;
  const written = [note, enteredBy !== null && t('lines.by', { name: enteredBy })].filter(Boolean).join(' · ');
  return (
    <div className={styles['what']}>
      {workshopId === null ? <span>{label}</span> : <Link to={`/desk/workshops/${workshopId}`}>{label}</Link>}
      {written !== '' && <span className="meta">{written}</span>}
      {line.canBeTakenBack && <TakeBack line={line} />}
    </div>
  );
}
