import { useTranslation } from 'react-i18next';
import type { PollView } from '../../../shared/contracts/live/polls.js';
import { Badge } from '../../ui/Badge.js';
import styles from './results.module.css';

/** The results as bars, each with its number; in words for a screen reader, large for a projector. */
export function ResultsChart({ poll, isLarge = false }: { poll: PollView; isLarge?: boolean }) {
  const { t } = useTranslation('polls');
  const { results } = poll;
  if (!results) return null;
  return (
    <section className={styles['results']} data-large={isLarge} aria-label={t('results')}>
      {poll.kind === 'text' ? <Answers answers={results.answers} /> : <Bars poll={poll} points={results.points} voters={results.voters} />}
      <p className={`${styles['voters']} tabular`}>{t('voters', { count: results.voters })}</p>
    </section>
  );
}

function Bars({ poll, points, voters }: { poll: PollView; points: readonly number[]; voters: number }) {
  const { t } = useTranslation('polls');
  const isRanking = poll.kind === 'ranking';
  // A ranking's best possible is to be put first by everybody; else it is to be chosen by all.
  const most = isRanking ? voters * (poll.options.length - 1) : voters;
  const places = poll.options.map((_, option) => option);
  const order = isRanking ? places.toSorted((a, b) => (points[b] ?? 0) - (points[a] ?? 0)) : places;
  return (
    <ol className={styles['bars']}>
      {order.map((option) => {
        const value = points[option] ?? 0;
        const share = most === 0 ? 0 : Math.round((value / most) * 100);
        return (
          <li key={option} data-right={poll.state === 'closed' && poll.right?.includes(option) === true}>
            <p className={styles['label']}>
              <span>{poll.options[option]}</span>
              {poll.state === 'closed' && poll.right?.includes(option) === true && <Badge tone="good">{t('right')}</Badge>}
              {!isRanking && poll.mine?.choice.options.includes(option) === true && <Badge tone="accent">{t('mine')}</Badge>}
              <span className={`${styles['value']} tabular`}>{isRanking ? t('points', { count: value }) : `${t('votes', { count: value })} · ${share}%`}</span>
            </p>
            <svg className={styles['bar']} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
              <rect className={styles['track']} width="100" height="4" />
              <rect className={styles['fill']} width={share} height="4" />
            </svg>
          </li>
        );
      })}
    </ol>
  );
}

function Answers({ answers }: { answers: readonly { text: string; count: number }[] }) {
  const { t } = useTranslation('polls');
  if (answers.length === 0) return <p className="meta">{t('answersNone')}</p>;
  return (
    <ul className={styles['answers']}>
      {answers.map(({ text, count }) => <li key={text}><span>{text}</span>{count > 1 && <Badge>{count}</Badge>}</li>)}
    </ul>
  );
}
