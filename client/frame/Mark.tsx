import styles from './Mark.module.css';

/** The community's mark: the first letter of its name. */
export function Mark({ name }: { name: string }) {
  return (
    <span aria-hidden="true" className={styles['mark']}>
      {[...name][0] ?? ''}
    </span>
  );
}
