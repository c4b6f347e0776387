import { useReducedMotion } from '@mantine/hooks';
import type { CSSProperties } from 'react';
import { useReactionCounts } from './useReactionCounts.js';
import { useReactions, type Float } from './useReactions.js';
import styles from './audience.module.css';

/** What the audience shows, rising at the stage's edge; where moving things are not wanted, its counts. Decoration: nobody is interrupted by it. */
export function Reactions({ workshopId }: { workshopId: string }) {
  const isStill = useReducedMotion();
  return <div className={styles['air']} aria-hidden="true">{isStill ? <Counts workshopId={workshopId} /> : <Rising workshopId={workshopId} />}</div>;
}

function Rising({ workshopId }: { workshopId: string }) {
  const { floats, land } = useReactions(workshopId);
  const course = ({ lane, delay }: Float): CSSProperties => ({ left: `${Math.round(lane * 60)}%`, animationDelay: `${Math.round(delay)}ms` });
  return floats.map((float) => <span key={float.id} className={styles['float']} style={course(float)} onAnimationEnd={() => land(float.id)}>{float.reaction}</span>);
}

function Counts({ workshopId }: { workshopId: string }) {
  const counts = useReactionCounts(workshopId);
  return [...counts].map(([reaction, count]) => <span key={reaction} className={`${styles['count']} tabular`}>{reaction} {count}</span>);
}
