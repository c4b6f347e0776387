import { Button, Progress } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { routeKey, useRouteMutation, useRouteQuery } from '../../../api/useRoute.js';
import { cancelling, type CancellationView } from '../../../../shared/contracts/tickets/cancelling.js';
import { ErrorNote } from '../../../ui/ErrorNote.js';
import { useFormat } from '../../../ui/format.js';
import { Section } from '../../../ui/PageFrame.js';
import { RowsSkeleton } from '../../../ui/Skeletons.js';
import styles from './cancelling.module.css';

/** Should a push be lost, it is asked again this often until all is done. Milliseconds. */
const askEvery = 5_000;

/** How far a cancelled workshop's refunds are, as they go; those that are stuck have a way on. */
export function CancellationProgress({ workshopId }: { workshopId: string }) {
  const { t } = useTranslation('refunds');
  const known = useQueryClient().getQueryData<CancellationView>(routeKey(cancelling.show, { workshopId }));
  const progress = useRouteQuery(cancelling.show, { workshopId }, { staleTime: 0, refetchInterval: known?.doneAt ? false : askEvery });
  return (
    <Section title={t('progress')}>
      {progress.data ? <Told workshopId={workshopId} told={progress.data} /> : progress.isPending ? <RowsSkeleton count={2} /> : <ErrorNote error={progress.error} retry={() => void progress.refetch()} />}
    </Section>
  );
}

function Told({ workshopId, told }: { workshopId: string; told: CancellationView }) {
  const { t } = useTranslation('refunds');
  const format = useFormat();
  const { total, refunded, returning, waiting, stuck, returned } = told;
  return (
    <div className={styles['progress']}>
      <p>{told.reason}</p>
      {told.by && <p className="meta">{t('progress.by', { name: told.by.name, when: format.dateTime(told.at) })}</p>}
      {total === 0 ? <p>{t('progress.none')}</p> : (
        <>
          <Progress value={(100 * (refunded + returning)) / total} size="md" color={stuck.length > 0 ? 'warn' : 'good'} aria-label={t('progress.count', { done: refunded, total })} />
          <p className="tabular" role="status"><b>{t('progress.count', { done: refunded, total })}</b> · {t('progress.amount', { amount: format.money(returned) })}</p>
          {returning > 0 && <p className="meta tabular">{t('progress.returning', { number: returning })}</p>}
          {waiting > 0 && <p className="meta tabular">{t('progress.waiting', { number: waiting })}</p>}
        </>
      )}
      {stuck.length > 0 && <Stuck workshopId={workshopId} stuck={stuck} />}
    </div>
  );
}

function Stuck({ workshopId, stuck }: { workshopId: string; stuck: CancellationView['stuck'] }) {
  const { t } = useTranslation('refunds');
  const format = useFormat();
  const queries = useQueryClient();
  const retry = useRouteMutation(cancelling.retry);
  const again = () => retry.mutate({ workshopId }, { onSuccess: (told) => queries.setQueryData(routeKey(cancelling.show, { workshopId }), told) });
  return (
    <div className={styles['stuck']}>
      <h3>{t('progress.stuck')}</h3>
      <ul>
        {stuck.map(({ orderId, buyer, since }) => <li key={orderId}><b>{buyer.name}</b> <span className="meta">{t('progress.since', { when: format.dateTime(since) })}</span></li>)}
      </ul>
      <Button size="sm" variant="outline" loading={retry.isPending} onClick={again}>{t('progress.retry')}</Button>
      <ErrorNote error={retry.error} />
    </div>
  );
}
