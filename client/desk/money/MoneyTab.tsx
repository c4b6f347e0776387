import { Anchor, Button, NativeSelect } from '@mantine/core';
import { IconCoins } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { request } from '../../api/http.js';
import { useRouteQuery } from '../../api/useRoute.js';
import { ledger, type LedgerBooks, type OfYear } from '../../../shared/contracts/money/ledger.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { useFormat } from '../../ui/format.js';
import { RowsSkeleton } from '../../ui/Skeletons.js';
import { CurrencyPart } from './CurrencyPart.js';
import { EnterPartner } from './EnterPartner.js';
import { linesAddress } from './linesAddress.js';
import { SaveCsv } from './SaveCsv.js';
import styles from './money.module.css';

/** The ledger: what came in and went out, per stream, month and workshop, each currency for itself. */
export function MoneyTab() {
  const [search, setSearch] = useSearchParams();
  const year = /^\d{4}$/.exec(search.get('year') ?? '')?.[0];
  const asked: OfYear = year === undefined ? {} : { year };
  const books = useRouteQuery(ledger.books, asked);
  const choose = (next: string) => setSearch(next === '' ? {} : { year: next }, { replace: true });
  if (books.data) return <Books books={books.data} asked={asked} onYear={choose} />;
  return books.isPending ? <RowsSkeleton /> : <ErrorNote error={books.error} retry={() => void books.refetch()} />;
}

function Books({ books: { zone, years, currencies, besides }, asked, onYear }: { books: LedgerBooks; asked: OfYear; onYear: (year: string) => void }) {
  const { t } = useTranslation('desk');
  const { year } = asked;
  if (years.length === 0) return <EmptyState icon={<IconCoins size={22} />} title={t('money.none')} text={t('money.noneText')} action={<EnterPartner />} />;
  const shown = year === undefined || years.includes(year) ? years : [year, ...years];
  return (
    <>
      <div className={styles['tools']}>
        <NativeSelect
          label={t('money.period')} value={year ?? ''} onChange={(event) => onYear(event.currentTarget.value)}
          data={[{ value: '', label: t('money.allTime') }, ...shown.map((each) => ({ value: each, label: t('money.year', { year: each }) }))]}
        />
        <EnterPartner />
        <Button component={Link} to={linesAddress({ period: year })} variant="default">{t('money.allLines')}</Button>
        <SaveCsv file={`revenue${year === undefined ? '' : `-${year}`}.csv`} read={async () => (await request(ledger.exportBooks, asked)).text} />
      </div>
      <p className={`${styles['zone']} meta`}>{t('money.zone', { zone })}</p>
      {currencies.length === 0 && <EmptyState title={t('money.noneOfYear', { year })} />}
      <Besides sums={besides} />
      {currencies.map((each) => <CurrencyPart key={each.currency} books={each} year={year} />)}
    </>
  );
}

/** What Stripe's balance holds that none of the lines tells of; nothing where the two agree. */
function Besides({ sums }: { sums: LedgerBooks['besides'] }) {
  const { t } = useTranslation('desk');
  const format = useFormat();
  if (sums.length === 0) return null;
  return (
    <p className={`${styles['besides']} tabular`} role="note">
      {t('money.besides', { amounts: sums.map((sum) => format.money(sum)).join(' · ') })} <Anchor component={Link} to="/desk/attention" size="sm">{t('money.besidesOpen')}</Anchor>
    </p>
  );
}
