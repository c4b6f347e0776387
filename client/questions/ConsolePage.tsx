import { Button } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useSession } from '../api/session.js';
import type { MeView } from '../../shared/contracts/members.js';
import type { WorkshopView } from '../../shared/contracts/workshops.js';
import { EmptyState } from '../ui/EmptyState.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { PageFrame } from '../ui/PageFrame.js';
import { PageSkeleton } from '../ui/Skeletons.js';
import { PollsDrawer } from '../polls/PollsDrawer.js';
import type { LiveSession } from '../workshops/live/liveSession.js';
import { useLiveSession, usePresence } from '../workshops/live/useLiveSession.js';
import { useWorkshop } from '../workshops/useWorkshops.js';
import { ConsoleBoard } from './console/ConsoleBoard.js';
import { ConsoleStage } from './console/ConsoleStage.js';
import { QueueTools } from './console/QueueTools.js';
import { useQuestions } from './useQuestions.js';
import styles from './console/console.module.css';

/** `/workshops/:workshopId/console`: the queue and the stage, for the hosts of the workshop. */
export function ConsolePage() {
  const { t } = useTranslation('questions');
  const { workshopId = '' } = useParams();
  const { me } = useSession();
  const workshop = useWorkshop(workshopId);
  const page = `/workshops/${workshopId}`;
  return (
    <PageFrame
      title={workshop.data?.title ?? t('console.title')} name={t('console.title')} back={page} width="full"
      actions={<Button component={Link} to={`${page}/live`} variant="default" size="xs">{t('console.toStage')}</Button>}
    >
      {me && workshop.data ? <HostsOnly key={workshopId} workshop={workshop.data} me={me} />
        : workshop.isError ? <ErrorNote error={workshop.error} retry={() => void workshop.refetch()} /> : <PageSkeleton />}
    </PageFrame>
  );
}

function HostsOnly({ workshop, me }: { workshop: WorkshopView; me: MeView }) {
  const { t } = useTranslation('questions');
  if (workshop.you.canHost) return <Entered workshop={workshop} me={me} />;
  return <EmptyState title={t('console.notHost')} action={<Button component={Link} to={`/workshops/${workshop.id}`}>{t('console.toWorkshop')}</Button>} />;
}

function Entered({ workshop, me }: { workshop: WorkshopView; me: MeView }) {
  const { t } = useTranslation('questions');
  const session = useLiveSession(workshop.id, me.id);
  const presence = usePresence(session);
  switch (presence.state) {
    case 'entering': return <PageSkeleton />;
    case 'in': return <Console session={session} workshop={presence.workshop} entries={presence.entries} me={me} />;
    case 'left': return <EmptyState title={t('console.notHost')} action={<Button component={Link} to={`/workshops/${workshop.id}`}>{t('console.toWorkshop')}</Button>} />;
    case 'failed': return <ErrorNote error={presence.error} retry={() => void session.enter()} />;
  }
}

function Console({ session, workshop, entries, me }: { session: LiveSession; workshop: WorkshopView; entries: number; me: MeView }) {
  const { t } = useTranslation('questions');
  const questions = useQuestions(workshop.id, entries);
  const [showsPolls, setShowsPolls] = useState(false);
  const isOpen = workshop.state === 'scheduled' || workshop.state === 'live';
  return (
    <>
      {isOpen ? <ConsoleStage session={session} workshop={workshop} entries={entries} me={me} /> : <p className="meta">{t('console.closed')}</p>}
      <div className={styles['tools']}>
        <Button size="xs" variant="default" leftSection={<IconChartBar size={16} aria-hidden />} onClick={() => setShowsPolls(true)}>{t('console.polls')}</Button>
        {questions.settings && <QueueTools workshopId={workshop.id} settings={questions.settings} />}
      </div>
      {showsPolls && <PollsDrawer workshopId={workshop.id} entries={entries} onClose={() => setShowsPolls(false)} />}
      <ConsoleBoard questions={questions} workshop={workshop} me={me} />
    </>
  );
}
