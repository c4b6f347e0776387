import { Box, Button, TextInput, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconChevronUp, IconDownload, IconSearch } from '@tabler/icons-react';
import { Fragment, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { saveFile } from '../../ui/saveFile.js';
import { toCsv } from '../../../shared/csv.js';
import styles from './table.module.css';

export interface Column<Row> {
  name: string;
  /** What is sorted and filtered by. */
  value: (row: Row) => string | number | null;
  /** What is seen; the value where it is not given. */
  shown?: (row: Row) => ReactNode;
  isNumber?: boolean;
}

export interface DataTableProps<Row> {
  /** What the table is of: its caption. */
  name: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  keyOf: (row: Row) => string;
  /** What stands there while there are no rows at all. */
  none: ReactNode;
  /** There are more rows than these: a filter or an order over some of them would mislead, so there is none. */
  isPart?: boolean;
  /** Rows for an export of one's own form; the button is there only with it. The first row is the head. */
  exported?: { file: string; rows: () => (string | number | null)[][] };
  /** What a row opens to, below itself; `nameOf` names the button. */
  details?: { nameOf: (row: Row) => string; show: (row: Row) => ReactNode; openKey: string | null; onOpen: (key: string | null) => void };
}

/** How many rows make a filter worth its place. */
const filterFrom = 6;

interface Order {
  column: number;
  isDown: boolean;
}

/** A table that sorts by its heads, filters by a word, exports, and opens rows in place. */
export function DataTable<Row>({ name, rows, columns, keyOf, none, isPart = false, exported, details }: DataTableProps<Row>) {
  const { t } = useTranslation();
  const [word, setWord] = useState('');
  const [order, setOrder] = useState<Order | null>(null);
  const seen = arrangeRows(rows, columns, word, order);
  if (rows.length === 0) return none;
  return (
    <div className={styles['table']}>
      <div className={styles['tools']}>
        {!isPart && rows.length >= filterFrom && <TextInput size="xs" aria-label={t('table.filter')} placeholder={t('table.filter')} leftSection={<IconSearch size={14} aria-hidden />} value={word} onChange={(event) => setWord(event.currentTarget.value)} />}
        {exported && <Button size="xs" variant="default" leftSection={<IconDownload size={16} aria-hidden />} onClick={() => saveFile(exported.file, 'text/csv', toCsv(exported.rows()))}>{t('table.export')}</Button>}
      </div>
      <Box className={styles['scroll']} tabIndex={0} role="group" aria-label={name}>
        <table>
          <caption className="unseen">{name}</caption>
          <Head columns={columns} order={order} onOrder={isPart ? null : setOrder} hasDetails={details !== undefined} />
          <tbody>
            {seen.map((row) => <BodyRow key={keyOf(row)} row={row} id={keyOf(row)} columns={columns} details={details} />)}
          </tbody>
        </table>
        {seen.length === 0 && <p className="meta">{t('table.noMatch')}</p>}
      </Box>
    </div>
  );
}

function Head<Row>({ columns, order, onOrder, hasDetails }: { columns: readonly Column<Row>[]; order: Order | null; onOrder: ((order: Order) => void) | null; hasDetails: boolean }) {
  const { t } = useTranslation();
  return (
    <thead>
      <tr>
        {hasDetails && <th><span className="unseen">{t('table.details')}</span></th>}
        {columns.map((column, index) => {
          const mine = order?.column === index ? order : null;
          return (
            <th key={column.name} scope="col" data-number={column.isNumber} aria-sort={mine ? (mine.isDown ? 'descending' : 'ascending') : undefined}>
              {onOrder === null ? column.name : <UnstyledButton className={styles['head']} onClick={() => onOrder({ column: index, isDown: mine ? !mine.isDown : false })}>
                {column.name}
                {mine && (mine.isDown ? <IconChevronDown size={14} aria-hidden /> : <IconChevronUp size={14} aria-hidden />)}
              </UnstyledButton>}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

function BodyRow<Row>({ row, id, columns, details }: { row: Row; id: string; columns: readonly Column<Row>[]; details: DataTableProps<Row>['details'] }) {
  const { t } = useTranslation();
  const isOpen = details?.openKey === id;
  return (
    <Fragment>
      <tr data-open={isOpen}>
        {details && (
          <td>
            <UnstyledButton className={styles['opener']} aria-expanded={isOpen} aria-label={t('table.open', { name: details.nameOf(row) })} onClick={() => details.onOpen(isOpen ? null : id)}>
              {isOpen ? <IconChevronDown size={18} aria-hidden /> : <IconChevronRight size={18} aria-hidden />}
            </UnstyledButton>
          </td>
        )}
        {columns.map((column) => <td key={column.name} data-number={column.isNumber}>{column.shown ? column.shown(row) : column.value(row)}</td>)}
      </tr>
      {isOpen && <tr className={styles['details']}><td colSpan={columns.length + 1}><div>{details.show(row)}</div></td></tr>}
    </Fragment>
  );
}

function arrangeRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], word: string, order: Order | null): readonly Row[] {
  const wanted = word.trim().toLocaleLowerCase();
  const found = wanted === '' ? rows : rows.filter((row) => columns.some(({ value }) => String(value(row) ?? '').toLocaleLowerCase().includes(wanted)));
  const by = order && columns[order.column]?.value;
  if (!by) return found;
  const direction = order.isDown ? -1 : 1;
  return found.toSorted((a, b) => direction * compare(by(a), by(b)));
}

function compare(a: string | number | null, b: string | number | null): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
}
