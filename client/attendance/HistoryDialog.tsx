import { useTranslation } from 'react-i18next';
import { attendance, type AttendedWorkshop } from '../../shared/contracts/attendance/attendance.js';
import type { PersonView } from '../../shared/contracts/members.js';
import { useRouteQuery } from '../api/useRoute.js';
import { DataTable, type Column } from '../desk/table/DataTable.js';
import { Dialog } from '../ui/Dialog.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { useFormat } from '../ui/format.js';
import { RowsSkeleton } from '../ui/Skeletons.js';
import { useAttendanceWords } from './attendanceWords.js';
import styles from './attendance.module.css';

/** One member over all workshops, for the organizer. */
export function HistoryDialog({ person, onClose }: { person: PersonView; onClose: () => void }) {
  const { t } = useTranslation('attendance');
  const history = useRouteQuery(attendance.ofMember, { memberId: person.id });
  return (
    <Dialog opened onClose={onClose} title={t('history.of', { name: person.name })} size="lg">
      {history.data ? <History workshops={history.data.workshops} /> : history.isPending ? <RowsSkeleton count={3} /> : <ErrorNote error={history.error} retry={() => void history.refetch()} />}
    </Dialog>
  );
}

function History({ workshops }: { workshops: AttendedWorkshop[] }) {
  const { t } = useTranslation('attendance');
  const format = useFormat();
  const words = useAttendanceWords();
  const columns: Column<AttendedWorkshop>[] = [
    { name: t('workshop'), value: (row) => row.title, shown: (row) => <b>{row.title}</b> },
    { name: t('day'), value: (row) => row.startsAt, shown: (row) => <span className={styles['day']}>{format.date(row.startsAt)}</span> },
    { name: t('present'), value: (row) => row.seconds, shown: (row) => words.span(row.seconds), isNumber: true },
    { name: t('ofLive'), value: (row) => row.percent, shown: (row) => words.share(row.percent), isNumber: true },
  ];
  const exported = () => [
    [t('workshop'), t('day'), t('csv.minutes'), t('csv.percent')],
    ...workshops.map((row) => [row.title, row.startsAt, Math.floor(row.seconds / 60), row.percent]),
  ];
  return <DataTable name={t('history')} rows={workshops} columns={columns} keyOf={(row) => row.workshopId} none={<p className="meta">{t('history.none')}</p>} exported={{ file: 'attendance-history.csv', rows: exported }} />;
}
