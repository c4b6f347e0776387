import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouteQuery } from '../../api/useRoute.js';
import { attention, type AttentionItem } from '../../../shared/contracts/tickets/attention.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { Section } from '../../ui/PageFrame.js';
import { RowsSkeleton } from '../../ui/Skeletons.js';
import { AttentionRow } from './AttentionRow.js';
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
          <Compared comparison={queue.data.comparison} />
          <Items items={queue.data.items} />
        </>
      ) : queue.isPending ? <RowsSkeleton /> : <ErrorNote error={queue.error} retry={() => void queue.refetch()} />}
    </Section>
  );
}

function Items({ items }: { items: AttentionItem[] }) {
  const { t } = useTranslation('attention');
  const [hasMended, setMended] = useState(false);
  return (
    <>
      {items.length > 0 && <p className={styles['intro']}>{t('intro')}</p>}
      <p role="status" className={styles['mended']}>{hasMended && t('mended')}</p>
      {items.length === 0 ? <EmptyState icon={<IconCircleCheck size={32} />} title={t('none')} text={t('noneText')} /> : (
        <ul className={styles['rows']} aria-label={t('queue')}>
          {items.map((item) => <AttentionRow key={item.id} item={item} onAsked={() => setMended(false)} onMended={() => setMended(true)} />)}
        </ul>
      )}
    </>
  );
}
