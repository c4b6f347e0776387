import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouteQuery } from '../../api/useRoute.js';
import { attention, type AttentionItem, type Repair } from '../../../shared/contracts/tickets/attention.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { Section } from '../../ui/PageFrame.js';
import { RowsSkeleton } from '../../ui/Skeletons.js';
import { AttentionRow, MendedRow } from './AttentionRow.js';
import { Compared } from './Compared.js';
import styles from './attention.module.css';

/** Where money and rights do not agree: what is wrong, what that means for whom, and the click that mends it. */
export function AttentionTab() {
  const { t } = useTranslation('attention');
  const queue = useRouteQuery(attention.list, {});
  return (
    <Section title={t('queue')}>
      {queue.data ? (
        <>
          <Compared comparison={queue.data.comparison} differs={queue.data.items.length > 0} />
          <Items items={queue.data.items} />
        </>
      ) : queue.isPending ? <RowsSkeleton /> : <ErrorNote error={queue.error} retry={() => void queue.refetch()} />}
    </Section>
  );
}

interface Mended {
  item: AttentionItem;
  by: Repair;
}

function Items({ items }: { items: AttentionItem[] }) {
  const { t } = useTranslation('attention');
  const [mended, setMended] = useState<Mended[]>([]);
  // What was mended here stays in its place, so that whoever pressed sees what came of it.
  const gone = mended.filter(({ item }) => !items.some(({ id }) => id === item.id));
  const rows = [...items.map((item) => ({ item, by: null })), ...gone].toSorted((one, other) => one.item.since.localeCompare(other.item.since));
  return (
    <>
      {rows.length > 0 && <p className={styles['intro']}>{t('intro')}</p>}
      {rows.length === 0 ? <EmptyState icon={<IconCircleCheck size={32} />} title={t('none')} text={t('noneText')} /> : (
        <ul className={styles['rows']} aria-label={t('queue')}>
          {rows.map(({ item, by }) => (by ? <MendedRow key={item.id} item={item} by={by} /> : <AttentionRow key={item.id} item={item} onMended={(repair) => setMended((before) => [...before.filter((one) => one.item.id !== item.id), { item, by: repair }])} />))}
        </ul>
      )}
    </>
  );
}
