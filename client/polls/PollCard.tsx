import { useTranslation } from 'react-i18next';
import type { PollView } from '../../shared/contracts/live/polls.js';
import { useWishes } from '../api/waiting/wishes.js';
import { Badge } from '../ui/Badge.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { PollControls } from './host/PollControls.js';
import { ResultsChart } from './results/ResultsChart.js';
import type { Polls } from './usePolls.js';
import { VoteForm } from './vote/VoteForm.js';
import { votes } from './votes.js';
import styles from './polls.module.css';

export interface PollCardProps {
  poll: PollView;
  polls: Polls;
  canHost: boolean;
  onEdit: () => void;
}

/** One poll: what is asked, one's vote, the results as far as they are shown. */
export function PollCard({ poll, polls, canHost, onEdit }: PollCardProps) {
  const { t } = useTranslation('polls');
  const refusal = useWishes(votes).find(({ item }) => item.pollId === poll.id)?.refusal;
  const words = { draft: t('state.draft'), open: t('state.open'), closed: t('state.closed') };
  return (
    <li className={styles['card']} data-state={poll.state}>
      <p className={styles['question']}>{poll.question}</p>
      <p className={styles['badges']}>
        <Badge tone={poll.state === 'open' ? 'accent' : 'plain'}>{words[poll.state]}</Badge>
        {poll.isQuiz && <Badge tone="warn">{t('quiz')}</Badge>}
        <span className="meta">{poll.isAnonymous ? t('anonymous') : t('named')}</span>
      </p>
      {poll.state === 'draft' && <ol className={styles['draftOptions']}>{poll.options.map((option) => <li key={option}>{option}</li>)}</ol>}
      {poll.state === 'open' && <VoteForm key={poll.mine?.turn ?? 0} poll={poll} />}
      <ErrorNote error={refusal} />
      {poll.results && poll.state !== 'draft' ? <ResultsChart poll={poll} /> : poll.state === 'closed' && <Unshown poll={poll} />}
      {canHost && <PollControls poll={poll} polls={polls} onEdit={onEdit} />}
    </li>
  );
}

/** A closed poll whose results are not shown: of a quiz at least what is right, and what one chose. */
function Unshown({ poll: { options, right, mine } }: { poll: PollView }) {
  const { t } = useTranslation('polls');
  return (
    <>
      {right && (
        <ul className={styles['draftOptions']}>
          {options.map((text, option) => (
            <li key={text}>
              {text} {right.includes(option) && <Badge tone="good">{t('right')}</Badge>} {mine?.choice.options.includes(option) === true && <Badge tone="accent">{t('mine')}</Badge>}
            </li>
          ))}
        </ul>
      )}
      <p className="meta">{t('resultsLater')}</p>
    </>
  );
}
