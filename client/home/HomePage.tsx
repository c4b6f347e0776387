import { Anchor, Button } from '@mantine/core';
import { IconBroadcast, IconCalendarEvent } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { rooms } from '../../shared/contracts/rooms.js';
import { workshops, type WorkshopView } from '../../shared/contracts/workshops.js';
import { useSession } from '../api/session.js';
import { useAreAnswered, useRouteQuery } from '../api/useRoute.js';
import { NewsSection } from '../reading/lists/NewsSection.js';
import { RoomList } from '../rooms/RoomsPage.js';
import { EmptyState } from '../ui/EmptyState.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { LiveBadge } from '../ui/LiveBadge.js';
import { PageFrame, Section } from '../ui/PageFrame.js';
import { CardsSkeleton } from '../ui/Skeletons.js';
import { WorkshopCard } from '../workshops/WorkshopCard.js';
import { Countdown } from '../workshops/WorkshopWhen.js';
import { openWorkshops, workshopPath } from './workshopLinks.js';
import styles from './HomePage.module.css';

/** A workshop that is on now, large: nothing on this page is more urgent. */
function LiveNow({ workshop }: { workshop: WorkshopView }) {
  const { t } = useTranslation('front');
  return (
    <article className={styles['live']}>
      <span className={styles['sign']} aria-hidden="true">
        <IconBroadcast size={28} />
      </span>
      <div className={styles['words']}>
        <p className={styles['state']}>
          <LiveBadge />
          <Countdown workshop={workshop} />
        </p>
        <h3>{workshop.title}</h3>
        <p className={styles['hosts']}>{workshop.hosts.map((host) => host.name).join(', ')}</p>
      </div>
      <Button component={Link} to={workshopPath(workshop)} size="md">
        {workshop.you.canEnter ? t('enter') : t('getSeat')}
      </Button>
    </article>
  );
}

function Workshops({ list }: { list: readonly WorkshopView[] }) {
  const { t } = useTranslation(['front', 'common']);
  const open = openWorkshops(list);
  const live = open.filter((workshop) => workshop.state === 'live');
  const ahead = open.filter((workshop) => workshop.state === 'scheduled');
  const mine = ahead.filter((workshop) => workshop.you.canEnter);
  const others = ahead.filter((workshop) => !workshop.you.canEnter);
  const all = (
    <Anchor component={Link} to="/workshops" size="sm">
      {t('common:allWorkshops')}
    </Anchor>
  );
  const groups = [
    { title: t('front:yourNext'), shown: mine },
    { title: t('front:ahead'), shown: others },
  ].filter((group) => group.shown.length > 0);
  return (
    <>
      {live.length > 0 && (
        <Section title={t('front:liveNow')}>
          {live.map((workshop) => (
            <LiveNow key={workshop.id} workshop={workshop} />
          ))}
        </Section>
      )}
      {groups.map(({ title, shown }, index) => (
        <Section key={title} title={title} action={index === 0 ? all : undefined}>
          <ul className={styles['cards']}>
            {shown.slice(0, 4).map((workshop) => (
              <WorkshopCard key={workshop.id} workshop={workshop} />
            ))}
          </ul>
        </Section>
      ))}
      {open.length === 0 && <EmptyState icon={<IconCalendarEvent size={22} />} title={t('front:noneAhead.title')} text={t('front:noneAhead.text')} action={all} />}
    </>
  );
}

/** `/` for members: what is on now, what comes next, and where something new was said. */
export function HomePage() {
  const { t } = useTranslation();
  const { me } = useSession();
  const list = useRouteQuery(workshops.list, {});
  const areAnswered = useAreAnswered(workshops.list, rooms.list);
  return (
    <PageFrame title={t('greeting', { name: me?.name ?? '' })} name={t('home')}>
      {areAnswered ? (
        <>
          {list.data !== undefined && <Workshops list={list.data} />}
          <ErrorNote error={list.error} retry={() => void list.refetch()} />
          <Section title={t('rooms')}>
            <RoomList />
          </Section>
          <NewsSection />
        </>
      ) : (
        <CardsSkeleton count={2} />
      )}
    </PageFrame>
  );
}
