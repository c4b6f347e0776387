import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { community } from '../../shared/contracts/community.js';
import { useRouteQuery } from '../api/useRoute.js';
import { LanguageSwitch } from '../front/LanguageSwitch.js';
import { ThemeSwitch } from '../front/ThemeSwitch.js';
import { Mark } from '../frame/Mark.js';
import { usePageTitle } from '../ui/PageFrame.js';
import styles from './members.module.css';

export interface AuthFrameProps {
  title: string;
  text?: string;
  children: ReactNode;
  /** The other way, below the card: join instead of signing in, or the reverse. */
  footer?: ReactNode;
}

/** The quiet page around signing in and joining. */
export function AuthFrame({ title, text, children, footer }: AuthFrameProps) {
  usePageTitle(title);
  const name = useRouteQuery(community.show, {}).data?.name ?? '';
  return (
    <div className={styles['auth']}>
      <header className={styles['authTop']}>
        <Link to="/" className={styles['community']}>
          <Mark name={name} />
          {name}
        </Link>
        <span className={styles['switches']}>
          <LanguageSwitch />
          <ThemeSwitch />
        </span>
      </header>
      <main className={styles['authMain']}>
        <div className={styles['card']}>
          <h1>{title}</h1>
          {text !== undefined && <p className={styles['lead']}>{text}</p>}
          {children}
        </div>
        {footer !== undefined && <p className={styles['footer']}>{footer}</p>}
      </main>
    </div>
  );
}
