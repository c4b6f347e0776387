import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useLocation } from 'react-router';
import { community } from '../../shared/contracts/community.js';
import { useRouteQuery } from '../api/useRoute.js';
import { Mark } from '../frame/Mark.js';
import { LanguageSwitch } from './LanguageSwitch.js';
import { ThemeSwitch } from './ThemeSwitch.js';
import styles from './PublicFrame.module.css';

/** The frame of everybody who is not signed in: who we are, and the two ways in. */
export function PublicFrame() {
  const { t } = useTranslation();
  const { pathname, search } = useLocation();
  const name = useRouteQuery(community.show, {}).data?.name ?? '';
  const back = pathname === '/' ? '' : `?next=${encodeURIComponent(pathname + search)}`;
  return (
    <div className={styles['frame']}>
      <header className={styles['top']}>
        <div className={styles['bar']}>
          <Link to="/" className={styles['community']}>
            <Mark name={name} />
            <span>{name}</span>
          </Link>
          <nav className={styles['ways']} aria-label={t('mainNavigation')}>
            <LanguageSwitch />
            <ThemeSwitch />
            <Button component={Link} to={`/sign-in${back}`} variant="subtle" color="gray" px="sm">
              {t('signIn')}
            </Button>
            <Button component={Link} to={`/join${back}`} px="md">
              {t('join')}
            </Button>
          </nav>
        </div>
      </header>
      <main className={styles['main']}>
        <Outlet />
      </main>
    </div>
  );
}
