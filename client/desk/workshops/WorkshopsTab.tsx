import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useRouteQuery } from '../../api/useRoute.js';
import { isAhead, workshops, type WorkshopView } from '../../../shared/contracts/workshops.js';
import { AttendanceSheet } from '../../attendance/AttendanceSheet.js';
import { Badge } from '../../ui/Badge.js';
import { Dialog } from '../../ui/Dialog.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { useFormat } from '../../ui/format.js';
import { LiveBadge } from '../../ui/LiveBadge.js';
import { Section } from '../../ui/PageFrame.js';
import { RowsSkeleton } from '../../ui/Skeletons.js';
import { DataTable, type Column } from '../table/DataTable.js';
import { CancellationProgress } from './cancelling/CancellationProgress.js';
import { CancelWorkshop } from './cancelling/CancelWorkshop.js';
import { PublishForm } from './PublishForm.js';
import { EditSale } from './sale/EditSale.js';
import { TypeTable } from './sale/TypeTable.js';
import { SalesTable } from './SalesTable.js';
import styles from '../desk.module.css';

/** All workshops; a row opens who came and who bought. `/desk/workshops/:workshopId` opens one from the start. */
export function WorkshopsTab() {
  const { t } = useTranslation('desk');
  const list = useRouteQuery(workshops.list, {});
  const navigate = useNavigate();
  const [isPublishing, setPublishing] = useState(false);
  const published = (workshopId: string) => {
    setPublishing(false);
    void navigate(`/desk/workshops/${workshopId}`);
  };
  return (
    <>
      <div className={styles['lead']}>
        <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setPublishing(true)}>{t('publish')}</Button>
      </div>
      {list.data ? <WorkshopTable workshops={list.data} /> : list.isPending ? <RowsSkeleton /> : <ErrorNote error={list.error} retry={() => void list.refetch()} />}
      <Dialog opened={isPublishing} onClose={() => setPublishing(false)} title={t('publish')} size="lg"><PublishForm onPublished={published} /></Dialog>
    </>
  );
}

function WorkshopTable({ workshops: rows }: { workshops: WorkshopView[] }) {
  const { t } = useTranslation('desk');
  const format = useFormat();
  const { workshopId = null } = useParams();
  const navigate = useNavigate();
  const states = { scheduled: t('ws.scheduled'), live: t('ws.live'), ended: t('ws.ended'), cancelled: t('ws.cancelled') };
  const columns: Column<WorkshopView>[] = [
    { name: t('ws.title'), value: (row) => row.title, shown: (row) => <b>{row.title}</b> },
    { name: t('ws.state'), value: (row) => states[row.state], shown: (row) => (row.state === 'live' ? <LiveBadge /> : <Badge>{states[row.state]}</Badge>) },
    { name: t('ws.starts'), value: (row) => row.startsAt, shown: (row) => <span className={styles['noWrap']}>{format.dateTime(row.startsAt)}</span> },
    { name: t('ws.seats'), value: (row) => row.capacity - row.seatsLeft, shown: (row) => `${row.capacity - row.seatsLeft} / ${row.capacity}`, isNumber: true },
    { name: t('ws.price'), value: (row) => row.price.amount, shown: (row) => (row.price.amount === 0 ? t('ws.free') : format.money(row.price)), isNumber: true },
  ];
  const newestFirst = rows.toSorted((a, b) => b.startsAt.localeCompare(a.startsAt));
  return (
    <DataTable
      name={t('workshops')} rows={newestFirst} columns={columns} keyOf={(row) => row.id} none={<EmptyState title={t('table.none')} />}
      details={{
        nameOf: (row) => row.title,
        openKey: workshopId,
        onOpen: (key) => void navigate(key ? `/desk/workshops/${key}` : '/desk/workshops'),
        show: (row) => (
          <>
            <p className={styles['links']}><Link to={`/workshops/${row.id}`}>{t('ws.page')}</Link></p>
            {row.state === 'cancelled' && <CancellationProgress workshopId={row.id} />}
            <TypeTable workshop={row} />
            {isAhead(row.state) && <div className={styles['after']}><EditSale workshop={row} /></div>}
            <Section title={t('ws.attendance')}><AttendanceSheet workshop={row} /></Section>
            <SalesTable workshopId={row.id} />
            {isAhead(row.state) && <div className={styles['last']}><CancelWorkshop workshop={row} /></div>}
          </>
        ),
      }}
    />
  );
}
