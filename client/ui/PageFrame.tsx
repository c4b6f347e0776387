import { ActionIcon } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { community } from '../../shared/contracts/community.js';
import { useRouteQuery } from '../api/useRoute.js';
import styles from './styles/PageFrame.module.css';

/** Names the page in the window's title, before the community's name. */
export function usePageTitle(title: string | undefined): void {
  const name = useRouteQuery(community.show, {}).data?.name;
  useEffect(() => {
    const parts = [title, name].filter((part) => part !== undefined && part !== '');
    if (parts.length > 0) document.title = parts.join(' · ');
  }, [title, name]);
}

export interface PageHeaderProps {
  title: ReactNode;
  /** Small things after the title: badges, a topic, a time. */
  meta?: ReactNode;
  /** Buttons at the end of the bar. */
  actions?: ReactNode;
  /** Where the arrow leads, shown on phones; with `backAlways` on every screen. */
  back?: string;
  backAlways?: boolean;
}

/** The bar at the top of a page: the way back, the title, what belongs to it, and what can be done. */
export function PageHeader({ title, meta, actions, back, backAlways = false }: PageHeaderProps) {
  const { t } = useTranslation();
  return (
    <header className={styles['bar']}>
      {back !== undefined && (
        <ActionIcon component={Link} to={back} variant="subtle" color="gray" size={36} aria-label={t('back')} className={styles['back']} data-always={backAlways}>
          <IconArrowLeft size={20} />
        </ActionIcon>
      )}
      <h1 className={styles['title']}>{title}</h1>
      <div className={styles['meta']}>{meta}</div>
      <div className={styles['actions']}>{actions}</div>
    </header>
  );
}

export interface PageFrameProps extends PageHeaderProps {
  /** The window's title where `title` is not plain text. */
  name?: string;
  /** How wide the content may run: reading (720 px), page (1080 px) or all there is. */
  width?: 'reading' | 'page' | 'full';
  children: ReactNode;
}

/** A page that scrolls: its bar stays on top, its content is held to a readable width. */
export function PageFrame({ name, width = 'page', children, ...header }: PageFrameProps) {
  usePageTitle(name ?? (typeof header.title === 'string' ? header.title : undefined));
  return (
    <div className={styles['page']}>
      <PageHeader {...header} />
      <div className={styles['content']} data-width={width}>
        {children}
      </div>
    </div>
  );
}

export interface SectionProps {
  title: string;
  /** A link or button at the end of the heading's line. */
  action?: ReactNode;
  children: ReactNode;
}

/** A part of a page under its own heading. */
export function Section({ title, action, children }: SectionProps) {
  return (
    <section className={styles['section']} aria-label={title}>
      <div className={styles['sectionHead']}>
        <h2>{title}</h2>
        {action}
      </div>
      {children}
    </section>
  );
}
