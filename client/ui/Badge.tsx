import type { ReactNode } from 'react';
import styles from './styles/Badge.module.css';

export interface BadgeProps {
  children: ReactNode;
  tone?: 'plain' | 'accent' | 'good' | 'warn' | 'bad' | 'stage';
  icon?: ReactNode;
}

/** A small word or number about the thing it stands beside. */
export function Badge({ children, tone = 'plain', icon }: BadgeProps) {
  return (
    <span className={styles['badge']} data-tone={tone}>
      {icon}
      {children}
    </span>
  );
}
