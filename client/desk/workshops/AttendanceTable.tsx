import { useTranslation } from 'react-i18next';
import { useRouteQuery } from '../../api/useRoute.js';
import { workshops, type AttendanceRow } from '../../../shared/contracts/workshops.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { useFormat } from '../../ui/format.js';
import { Section } from '../../ui/PageFrame.js';
import { RowsSkeleton } from '../../ui/Skeletons.js';
import { DataTable, type Column } from '../table/DataTable.js';

/** Presence is counted while it goes on: asked for again this often. Milliseconds. */
const every = 10_000;

/** Who was there, from when to when. */
export function AttendanceTable({ workshopId }: { workshopId: string }) {
  const { t } = useTranslation('desk');
  const rows = useRouteQuery(workshops.attendance, { workshopId }, { refetchInterval: every, staleTime: 0 });
  return (
    <Section title={t('attendance')}>
      {rows.data ? <Attendance rows={rows.data} /> : rows.isPending ? <RowsSkeleton count={3} /> : <ErrorNote error={rows.error} retry={() => void rows.refetch()} />}
    </Section>
  );
}

function Attendance({ rows }: { rows: AttendanceRow[] }) {
  const { t } = useTranslation('desk');
  const format = useFormat();
  const span = ({ joinedAt, leftAt }: AttendanceRow['intervals'][number]) => `${format.time(joinedAt)} – ${leftAt ? format.time(leftAt) : t('attendance.now')}`;
  const total = (seconds: number) => (seconds < 60 ? t('attendance.seconds', { count: seconds }) : t('attendance.minutes', { count: Math.round(seconds / 60) }));
  const columns: Column<AttendanceRow>[] = [
    { name: t('attendance.person'), value: (row) => row.person.name },
    { name: t('attendance.times'), value: (row) => row.intervals[0]?.joinedAt ?? null, shown: (row) => row.intervals.map(span).join(', ') },
    { name: t('attendance.total'), value: (row) => row.seconds, shown: (row) => total(row.seconds), isNumber: true },
  ];
  const exported = () => [
    [t('attendance.person'), t('attendance.joined'), t('attendance.left')],
    ...rows.flatMap((row) => row.intervals.map((each) => [row.person.name, each.joinedAt, each.leftAt])),
  ];
  return <DataTable name={t('attendance')} rows={rows} columns={columns} keyOf={(row) => row.person.id} none={<p className="meta">{t('attendance.none')}</p>} exported={{ file: 'attendance.csv', rows: exported }} />;
}
