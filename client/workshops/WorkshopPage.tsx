import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { WorkshopView } from '../../shared/contracts/workshops.js';
import { Avatar } from '../ui/Avatar.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { PageFrame } from '../ui/PageFrame.js';
import { PageSkeleton } from '../ui/Skeletons.js';
import { SeatBox } from './SeatBox.js';
import { useWorkshop } from './useWorkshops.js';
import { WorkshopBadge } from './WorkshopBadge.js';
import { AddToCalendar, Countdown, WhenLine } from './WorkshopWhen.js';
import styles from './workshops.module.css';

/** `/workshops/:workshopId`: what it is, when, by whom, and the seat. */
export function WorkshopPage() {
  const { t } = useTranslation('workshops');
  const { workshopId = '' } = useParams();
  const workshop = useWorkshop(workshopId);
  return (
    <PageFrame title={t('title')} name={workshop.data?.title ?? t('title')} back="/workshops" backAlways>
      {workshop.data ? <Announcement workshop={workshop.data} /> : workshop.isPending ? <PageSkeleton /> : <ErrorNote error={workshop.error} retry={() => void workshop.refetch()} />}
    </PageFrame>
  );
}

function Announcement({ workshop }: { workshop: WorkshopView }) {
  const { t } = useTranslation('workshops');
  const isAhead = workshop.state === 'scheduled';
  return (
      <div className={styles['announcement']}>
        <header className={styles['head']}>
          <p className={styles['cardHead']}><WorkshopBadge state={workshop.state} /><span className="meta"><Countdown workshop={workshop} /></span></p>
          <h2 className={styles['title']}>{workshop.title}</h2>
          <p className={styles['whenLine']}><WhenLine workshop={workshop} /></p>
          {isAhead && <AddToCalendar workshop={workshop} />}
        </header>
        <SeatBox workshop={workshop} />
        <div className={styles['about']}>
          {workshop.summary !== '' && (
            <section>
              <h3>{t('page.learn')}</h3>
              <p className={styles['summary']}>{workshop.summary}</p>
            </section>
          )}
          <section>
            <h3>{t('page.hosts', { count: workshop.hosts.length })}</h3>
            <ul className={styles['hostList']}>
              {workshop.hosts.map((host) => <li key={host.id}><Avatar person={host} /><span>{host.name}</span></li>)}
            </ul>
          </section>
        </div>
      </div>
  );
}
