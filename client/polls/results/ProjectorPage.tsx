import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { MeView } from '../../../shared/contracts/members.js';
import type { PollView } from '../../../shared/contracts/live/polls.js';
import { useSession } from '../../api/session.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { usePageTitle } from '../../ui/PageFrame.js';
import { PageSkeleton } from '../../ui/Skeletons.js';
import { useLiveSession, usePresence } from '../../workshops/live/useLiveSession.js';
import { usePolls } from '../usePolls.js';
import { ResultsChart } from './ResultsChart.js';
import styles from './results.module.css';

/** `/workshops/:workshopId/projector`: the newest poll, readable from the last row. It shows what the audience may see, whoever has opened it. */
export function ProjectorPage() {
  const { t } = useTranslation('polls');
  const { workshopId = '' } = useParams();
  const { me } = useSession();
  usePageTitle(t('project'));
  return me ? <Screen key={workshopId} workshopId={workshopId} me={me} /> : <PageSkeleton />;
}

function Screen({ workshopId, me }: { workshopId: string; me: MeView }) {
  const { t } = useTranslation('polls');
  const presence = usePresence(useLiveSession(workshopId, me.id));
  const { all } = usePolls(workshopId, presence.state === 'in' ? presence.entries : 0);
  const poll = all?.filter(({ state }) => state !== 'draft').toSorted((a, b) => (b.launchedAt ?? '').localeCompare(a.launchedAt ?? ''))[0];
  return (
    <main className={styles['screen']}>
      {poll ? <Shown poll={poll} /> : <EmptyState isPage title={t('projector.none')} text={t('projector.noneText')} />}
      <p className={styles['foot']}>
        <span>{poll?.state === 'open' && t('projector.vote')}</span>
        <Button component={Link} to={`/workshops/${workshopId}/live`} variant="subtle" color="gray">{t('projector.back')}</Button>
      </p>
    </main>
  );
}

function Shown({ poll }: { poll: PollView }) {
  const isShown = poll.resultsShown && poll.results !== null;
  return (
    <>
      <h1>{poll.question}</h1>
      {isShown ? <ResultsChart poll={{ ...poll, mine: null }} isLarge /> : <ol className={styles['options']}>{poll.options.map((option) => <li key={option}>{option}</li>)}</ol>}
    </>
  );
}
