import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRouteQuery } from '../../api/useRoute.js';
import { ledger, LedgerKind, LedgerStream, type LedgerFilter } from '../../../shared/contracts/money/ledger.js';
import { useFormat } from '../../ui/format.js';
import { useMoneyWords } from './useMoneyWords.js';
import styles from './money.module.css';

interface Choice {
  value: string;
  label: string;
}

/** What the lines are filtered by; of months, workshops and currencies those are offered that have a line. */
export function LineFilters({ filter, onChange }: { filter: LedgerFilter; onChange: (filter: LedgerFilter) => void }) {
  const { t } = useTranslation('desk');
  const format = useFormat();
  const { kinds, streams } = useMoneyWords();
  const books = useRouteQuery(ledger.books, {}).data;
  const currencies = books?.currencies ?? [];
  const months = [...new Set(currencies.flatMap((each) => each.months.map(({ month }) => month)))].toSorted().toReversed();
  const titles = new Map(currencies.flatMap((each) => each.workshops.map(({ workshopId, title }) => [workshopId, title])));
  const periods = [...(books?.years ?? []).map((year) => ({ value: year, label: t('money.year', { year }) })), ...months.map((month) => ({ value: month, label: format.month(month) }))];
  const select = (name: keyof LedgerFilter, label: string, choices: Choice[]) => (
    <NativeSelect label={label} data={withAny(t('lines.any'), choices, filter[name])} value={filter[name] ?? ''} onChange={(event) => onChange({ ...filter, [name]: event.currentTarget.value || undefined })} />
  );
  return (
    <div className={styles['filters']} role="search" aria-label={t('lines.title')}>
      {select('period', t('money.period'), periods)}
      {select('stream', t('money.stream'), LedgerStream.options.map((value) => ({ value, label: streams[value] })))}
      {select('kind', t('money.kind'), LedgerKind.options.map((value) => ({ value, label: kinds[value] })))}
      {select('currency', t('money.currency'), currencies.map(({ currency: value }) => ({ value, label: value.toUpperCase() })))}
      {select('workshopId', t('money.workshop'), [...titles].map(([value, label]) => ({ value, label })))}
    </div>
  );
}

/** The choices, "any" first; what is chosen is among them even where nothing is known of it yet. */
function withAny(any: string, choices: readonly Choice[], chosen: string | undefined): Choice[] {
  const isKnown = chosen === undefined || choices.some(({ value }) => value === chosen);
  return [{ value: '', label: any }, ...(isKnown ? [] : [{ value: chosen, label: chosen }]), ...choices];
}
