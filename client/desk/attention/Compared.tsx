import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { routeKey, useRouteMutation } from '../../api/useRoute.js';
import { attention, type ComparisonView } from '../../../shared/contracts/tickets/attention.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { useFormat } from '../../ui/format.js';
import styles from './attention.module.css';

/** When all was last compared with Stripe and what came of it, and the button that compares now. */
export function Compared({ comparison, differs }: { comparison: ComparisonView | null; differs: boolean }) {
  const { t } = useTranslation('attention');
  const queries = useQueryClient();
  const comparing = useRouteMutation(attention.compare);
  const words = useComparisonWords();
  const compare = () => comparing.mutate({}, { onSettled: () => void queries.invalidateQueries({ queryKey: routeKey(attention.list) }) });
  return (
    <div className={styles['compared']}>
      <p role="status" className="meta tabular">{comparing.isPending ? t('compared.running') : words(comparison, differs)}</p>
      <Button variant="default" loading={comparing.isPending} onClick={compare}>{t('compareNow')}</Button>
      <ErrorNote error={comparing.error} />
    </div>
  );
}

function useComparisonWords(): (comparison: ComparisonView | null, differs: boolean) => string {
  const { t } = useTranslation('attention');
  const format = useFormat();
  return (comparison, differs) => {
    if (!comparison) return t('compared.never');
    const { at, state, looked, mended } = comparison;
    if (state === 'running') return t('compared.running');
    const when = format.dateTime(at);
    if (state === 'failed') return t('compared.failed', { when });
    const outcomes = [...(mended > 0 ? [t('compared.mended', { count: mended })] : []), ...(differs ? [t('compared.differs')] : mended === 0 ? [t('compared.agreed')] : [])];
    return [t('compared', { when }), ...outcomes, t('compared.looked', { count: looked })].join(' · ');
  };
}
