import { IconChevronRight, IconLock, IconLockOpen } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { rooms } from '../../shared/contracts/rooms.js';
import { isAhead, workshops } from '../../shared/contracts/workshops.js';
import { useRouteQuery } from '../api/useRoute.js';
import { EmptyState } from '../ui/EmptyState.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { PageFrame, Section } from '../ui/PageFrame.js';
import { RowsSkeleton } from '../ui/Skeletons.js';
import styles from './rights.module.css';

/** `/why`: every door of the house, open or closed to the reader, and the way to why. */
export function DoorsPage() {
  const { t } = useTranslation('rights');
  const { t: common } = useTranslation();
  const listed = useRouteQuery(rooms.list, {});
  const announced = useRouteQuery(workshops.list, {});
  const error = listed.error ?? announced.error;
  if (!listed.data || !announced.data) {
    return <PageFrame title={common('door.all')} width="reading">{error ? <ErrorNote error={error} retry={() => void Promise.all([listed.refetch(), announced.refetch()])} /> : <RowsSkeleton />}</PageFrame>;
  }
  const ahead = announced.data.filter(({ state }) => isAhead(state));
  return (
    <PageFrame title={common('door.all')} width="reading" back="/tickets" backAlways>
      <p className={styles['lead']}>{t('doors.text')}</p>
      <Section title={common('rooms')}>
        {listed.data.length === 0 ? <EmptyState title={t('doors.none')} /> : <ul className={styles['doors']}>{listed.data.map(({ id, name, canEnter }) => <DoorRow key={id} to={`/why/rooms/${id}`} name={`#${name}`} isOpen={canEnter} />)}</ul>}
      </Section>
      {ahead.length > 0 && <Section title={common('workshops')}><ul className={styles['doors']}>{ahead.map(({ id, title, you }) => <DoorRow key={id} to={`/why/workshops/${id}`} name={title} isOpen={you.canEnter} />)}</ul></Section>}
    </PageFrame>
  );
}

function DoorRow({ to, name, isOpen }: { to: string; name: string; isOpen: boolean }) {
  const { t } = useTranslation('rights');
  return (
    <li>
      <Link to={to}>
        {isOpen ? <IconLockOpen size={18} aria-hidden="true" /> : <IconLock size={18} aria-hidden="true" />}
        <span className={styles['doorName']}>{name}</span>
        <span className="meta">{isOpen ? t('doors.open') : t('doors.closed')}</span>
        <IconChevronRight size={16} aria-hidden="true" />
      </Link>
    </li>
  );
}
