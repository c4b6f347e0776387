import { Button } from '@mantine/core';
import { IconCalendarEvent } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../api/session.js';
import type { WorkshopView } from '../../shared/contracts/workshops.js';
import { EmptyState } from '../ui/EmptyState.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { PageFrame, Section } from '../ui/PageFrame.js';
import { CardsSkeleton } from '../ui/Skeletons.js';
import { useWorkshops } from './useWorkshops.js';
import { WorkshopCard } from './WorkshopCard.js';
import styles from './workshops.module.css';

/** `/workshops`: live now, ahead, and past. */
export function WorkshopsPage() {
  const { t } = useTranslation();
  const list = useWorkshops();
  return (
    <PageFrame title={t('workshops')}>
      {list.data ? <WorkshopLists workshops={list.data} /> : list.isPending ? <CardsSkeleton /> : <ErrorNote error={list.error} retry={() => void list.refetch()} />}
    </PageFrame>
  );
}

function WorkshopLists({ workshops }: { workshops: WorkshopView[] }) {
  const { t } = useTranslation('workshops');
  const by = (...states: WorkshopView['state'][]) => workshops.filter((each) => states.includes(each.state));
  const byStart = (a: WorkshopView, b: WorkshopView) => a.startsAt.localeCompare(b.startsAt);
  if (workshops.length === 0) return <NothingYet />;
  return (
    <>
      <WorkshopList title={t('list.live')} workshops={by('live').sort(byStart)} />
      <WorkshopList title={t('list.ahead')} workshops={by('scheduled').sort(byStart)} />
      <WorkshopList title={t('list.past')} workshops={by('ended', 'cancelled').sort((a, b) => byStart(b, a))} />
    </>
  );
}

function WorkshopList({ title, workshops }: { title: string; workshops: WorkshopView[] }) {
  if (workshops.length === 0) return null;
  return (
    <Section title={title}>
      <ul className={styles['list']}>{workshops.map((each) => <WorkshopCard key={each.id} workshop={each} />)}</ul>
    </Section>
  );
}

function NothingYet() {
  const { t } = useTranslation('workshops');
  const { me } = useSession();
  return (
    <EmptyState
      icon={<IconCalendarEvent size={22} />}
      title={t('list.none')}
      text={t('list.noneText')}
      action={me?.role === 'organizer' && <Button component={Link} to="/desk/workshops">{t('list.publish')}</Button>}
    />
  );
}
