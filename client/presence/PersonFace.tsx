import { Avatar, type AvatarProps } from '../ui/Avatar.js';
import { useHouseNow } from './clock.js';
import { lookEveryMs, standingOf, type Standing } from './standing.js';
import type { StandingWordsProps } from './StandingWords.js';
import styles from './presence.module.css';

/** A face with a mark at its corner that says how its person stands. Decoration only; words stand beside it. */
export function Face({ standing, ...avatar }: AvatarProps & { standing: Standing }) {
  return (
    <span className={styles['face']} data-standing={standing} aria-hidden="true">
      <Avatar {...avatar} />
      <span className={styles['mark']} data-standing={standing} />
    </span>
  );
}

/** The face of somebody who is here, as they stand now; `isSeen` as in `StandingWords`. */
export function PersonFace({ person, isSeen }: StandingWordsProps) {
  return <Face person={person} size="small" standing={standingOf(person, useHouseNow(lookEveryMs), isSeen)} />;
}
