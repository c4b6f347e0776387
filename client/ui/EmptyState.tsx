import type { ReactNode } from 'react';
import styles from './styles/EmptyState.module.css';

export interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  text?: string;
  /** The one useful thing to do from here. */
  action?: ReactNode;
  /** It is the whole page: its title is the page's heading. */
  isPage?: boolean;
}

/** What a list shows when nothing is in it: why, and the one useful action. */
export function EmptyState({ icon, title, text, action, isPage = false }: EmptyStateProps) {
  const Title = isPage ? 'h1' : 'p';
  return (
    <div className={styles['empty']}>
      {icon !== undefined && (
        <span aria-hidden="true" className={styles['icon']}>
          {icon}
        </span>
      )}
      <Title className={styles['title']}>{title}</Title>
      {text !== undefined && <p className={styles['text']}>{text}</p>}
      {action !== undefined && <div className={styles['action']}>{action}</div>}
    </div>
  );
}
