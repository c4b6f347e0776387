import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { WorkshopView } from '../../shared/contracts/workshops.js';
import { EmptyState } from '../ui/EmptyState.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { PageFrame } from '../ui/PageFrame.js';
import { PageSkeleton } from '../ui/Skeletons.js';
import { useWorkshop } from '../workshops/useWorkshops.js';
import { AttendanceSheet } from './AttendanceSheet.js';
import styles from './attendance.module.css';

/** `/workshops/:workshopId/attendance`: who was there, for those who host the workshop. */
export function AttendancePage() {
  const { t } = useTranslation('attendance');
  const { workshopId = '' } = useParams();
  const workshop = useWorkshop(workshopId);
  return (
    <PageFrame title={t('title')} back={`/workshops/${workshopId}`} backAlways>
      {workshop.data ? <HostsOnly workshop={workshop.data} /> : workshop.isError ? <ErrorNote error={workshop.error} retry={() => void workshop.refetch()} /> : <PageSkeleton />}
    </PageFrame>
  );
}

function HostsOnly({ workshop }: { workshop: WorkshopView }) {
  const { t } = useTranslation('attendance');
  if (workshop.you.canHost) {
    return (
      <>
        <h2 className={styles['of']}>{workshop.title}</h2>
        <AttendanceSheet workshop={workshop} />
      </>
    );
  }
  return <EmptyState title={t('hostsOnly')} action={<Button component={Link} to="/tickets">{t('toMine')}</Button>} />;
}
