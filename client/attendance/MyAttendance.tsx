import { Button } from '@mantine/core';
import { IconCertificate } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { attendance, type AttendedWorkshop } from '../../shared/contracts/attendance/attendance.js';
import { useRouteQuery } from '../api/useRoute.js';
import { GetCertificate } from '../certificates/GetCertificate.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { useFormat } from '../ui/format.js';
import { Section } from '../ui/PageFrame.js';
import { RowsSkeleton } from '../ui/Skeletons.js';
import { useAttendanceWords } from './attendanceWords.js';
import styles from './attendance.module.css';

/** The member's own attendance, with the way to each certificate. Nothing where there is none yet. */
export function MyAttendance() {
  const { t } = useTranslation('attendance');
  const mine = useRouteQuery(attendance.mine, {});
  if (mine.data?.workshops.length === 0) return null;
  return (
    <Section title={t('mine')}>
      {mine.data ? (
        <>
          <ul className={styles['attended']}>{mine.data.workshops.map((one) => <Attended key={one.workshopId} attended={one} />)}</ul>
          <p className="meta">{t('kept', { count: mine.data.keptDays })}</p>
        </>
      ) : mine.isPending ? <RowsSkeleton count={2} height={88} /> : <ErrorNote error={mine.error} retry={() => void mine.refetch()} />}
    </Section>
  );
}

function Attended({ attended }: { attended: AttendedWorkshop }) {
  const { t } = useTranslation('attendance');
  const format = useFormat();
  const words = useAttendanceWords();
  return (
    <li className={styles['one']}>
      <div className={styles['what']}>
        <Link to={`/workshops/${attended.workshopId}`} className={styles['title']}>{attended.title}</Link>
        <p className="meta tabular">{format.date(attended.startsAt)}{attended.intervals.length > 0 && ` · ${words.stretches(attended.intervals)}`}</p>
        <p className="tabular">{t('presence', { span: words.span(attended.seconds), share: words.share(attended.percent) })}</p>
      </div>
      <Way attended={attended} />
    </li>
  );
}

/** Where the certificate is, or why there is none. */
function Way({ attended: { workshopId, certificate, certificatePercent, percent, isFinal } }: { attended: AttendedWorkshop }) {
  const { t } = useTranslation('attendance');
  if (certificate) {
    return <Button component={Link} to={`/certificates/${certificate.id}`} variant="default" leftSection={<IconCertificate size={17} aria-hidden />}>{certificate.isRevoked ? t('way.revoked') : t('way.see')}</Button>;
  }
  if (certificatePercent === null) return null;
  if (!isFinal) return <p className="meta">{t('way.counting', { percent: certificatePercent })}</p>;
  if (percent < certificatePercent) return <p className="meta">{t('way.short', { percent: certificatePercent })}</p>;
  return <GetCertificate workshopId={workshopId} />;
}
