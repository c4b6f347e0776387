import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { attendance, type AttendanceRow, type AttendanceSheet as Sheet } from '../../shared/contracts/attendance/attendance.js';
import type { PersonView } from '../../shared/contracts/members.js';
import type { WorkshopView } from '../../shared/contracts/workshops.js';
import { useSession } from '../api/session.js';
import { useRouteQuery } from '../api/useRoute.js';
import { DataTable, type Column } from '../desk/table/DataTable.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { RowsSkeleton } from '../ui/Skeletons.js';
import { useAttendanceWords } from './attendanceWords.js';
import { CertificateRule } from './CertificateRule.js';
import { HistoryDialog } from './HistoryDialog.js';
import { RevokeButton } from './RevokeButton.js';
import styles from './attendance.module.css';

/** Presence is counted while it goes on: asked for again this often. Milliseconds. */
const every = 10_000;

/** Who was there while the workshop was live, for its hosts and the organizer. */
export function AttendanceSheet({ workshop }: { workshop: WorkshopView }) {
  const sheet = useRouteQuery(attendance.sheet, { workshopId: workshop.id }, { refetchInterval: (workshop.state === 'live' || workshop.state === 'ended') && every, staleTime: 0 });
  return (
    <div className={styles['sheet']}>
      <CertificateRule workshop={workshop} />
      {sheet.data ? <Rows workshop={workshop} sheet={sheet.data} /> : sheet.isPending ? <RowsSkeleton count={3} /> : <ErrorNote error={sheet.error} retry={() => void sheet.refetch()} />}
    </div>
  );
}

function Rows({ workshop, sheet }: { workshop: WorkshopView; sheet: Sheet }) {
  const { t } = useTranslation('attendance');
  const words = useAttendanceWords();
  const isOrganizer = useSession().me?.role === 'organizer';
  const [seen, setSeen] = useState<PersonView | null>(null);
  const standing = (row: AttendanceRow): string => t(`standing.${standingOf(row, sheet)}`);
  const columns: Column<AttendanceRow>[] = [
    {
      name: t('person'), value: (row) => row.person.name,
      shown: ({ person }) => (isOrganizer ? <UnstyledButton className={styles['person']} onClick={() => setSeen(person)}>{person.name}</UnstyledButton> : <b>{person.name}</b>),
    },
    { name: t('present'), value: (row) => row.seconds, shown: (row) => words.span(row.seconds), isNumber: true },
    { name: t('ofLive'), value: (row) => row.percent, shown: (row) => words.share(row.percent), isNumber: true },
    { name: t('certificate'), value: standing, shown: (row) => <Standing row={row} words={standing(row)} /> },
    { name: t('times'), value: (row) => row.intervals[0]?.joinedAt ?? null, shown: (row) => words.stretches(row.intervals) },
  ];
  const exported = () => [
    [t('person'), t('csv.minutes'), t('csv.percent'), t('certificate'), t('csv.times')],
    ...sheet.rows.map((row) => [row.person.name, Math.floor(row.seconds / 60), row.percent, standing(row), row.intervals.map(({ joinedAt, leftAt }) => `${joinedAt}/${leftAt ?? ''}`).join(' ')]),
  ];
  return (
    <>
      <p className="meta">{workshop.liveAt === null ? t('notLiveYet') : t(sheet.isFinal ? 'final' : 'counting', { span: words.span(sheet.liveSeconds), count: sheet.keptDays })}</p>
      {workshop.liveAt !== null && <DataTable name={t('title')} rows={sheet.rows} columns={columns} keyOf={(row) => row.person.id} none={<p className="meta">{t('none')}</p>} exported={{ file: 'attendance.csv', rows: exported }} />}
      {seen && <HistoryDialog person={seen} onClose={() => setSeen(null)} />}
    </>
  );
}

/** How a row stands to a certificate: `counting` until it is final. */
function standingOf({ certificate, percent }: AttendanceRow, { certificatePercent, isFinal }: Sheet) {
  if (certificate) return certificate.isRevoked ? 'revoked' : 'given';
  if (certificatePercent === null) return 'none';
  if (!isFinal) return 'counting';
  return percent >= certificatePercent ? 'earned' : 'short';
}

function Standing({ row: { person, certificate }, words }: { row: AttendanceRow; words: string }) {
  if (!certificate) return <span className="meta">{words}</span>;
  return (
    <span className={styles['standing']}>
      <a href={`/certificates/${certificate.id}`}>{words}</a>
      {!certificate.isRevoked && <RevokeButton certificateId={certificate.id} name={person.name} />}
    </span>
  );
}
