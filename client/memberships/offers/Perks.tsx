import { IconCheck } from '@tabler/icons-react';
import styles from './Perks.module.css';

/** What a tier opens, a line each. */
export function Perks({ perks }: { perks: readonly string[] }) {
  return (
    <ul className={styles['perks']}>
      {perks.map((perk) => (
        <li key={perk}>
          <IconCheck size={16} aria-hidden="true" />
          {perk}
        </li>
      ))}
    </ul>
  );
}
