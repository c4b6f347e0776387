import { IconCalendarEvent, IconHash, IconHome, IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet, useLocation } from 'react-router';
import { BanBand } from '../moderation/restrict/BanNotice.js';
import { useVisibleHeight } from './useVisibleHeight.js';
import { Rail } from './Rail.js';
import styles from './AppFrame.module.css';

function BottomBar() {
  const { t } = useTranslation();
  const places = [
    { to: '/', name: t('home'), Icon: IconHome },
    { to: '/rooms', name: t('rooms'), Icon: IconHash },
    { to: '/workshops', name: t('workshops'), Icon: IconCalendarEvent },
    { to: '/settings', name: t('me'), Icon: IconUser },
  ];
  return (
    <nav className={styles['bottom']} aria-label={t('mainNavigation')}>
      {places.map(({ to, name, Icon }) => (
        <NavLink key={to} to={to} end={to === '/'}>
          <Icon size={22} aria-hidden="true" />
          {name}
        </NavLink>
      ))}
    </nav>
  );
}

/** The frame of everybody signed in: the rail beside the page on wide screens, a bar below it on phones. */
export function AppFrame() {
  const { t } = useTranslation();
  useVisibleHeight();
  // On a phone a room is all there is: its composer stands where the bar would.
  const inRoom = /^\/rooms\/./.test(useLocation().pathname);
  return (
    <div className={styles['frame']} data-in-room={inRoom}>
      <a className={styles['skip']} href="#content">
        {t('skipToContent')}
      </a>
      <Rail />
      <main id="content" tabIndex={-1} className={styles['page']}>
        <BanBand />
        <Outlet />
      </main>
      <BottomBar />
    </div>
  );
}
