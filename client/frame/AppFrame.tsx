import { IconAt, IconCalendarEvent, IconHash, IconHome, IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet, useLocation } from 'react-router';
import { memberships } from '../../shared/contracts/memberships/memberships.js';
import { useAreAnswered } from '../api/useRoute.js';
import { CallCount, UnreadDot } from '../reading/UnreadMark.js';
import { useCallCount } from '../reading/useReading.js';
import { useReadingKeys } from '../reading/useReadingKeys.js';
import { useTitleCount } from '../reading/useTitleCount.js';
import { useRooms } from '../rooms/useRooms.js';
import { PaymentWatch } from '../memberships/PaymentWatch.js';
import { BanBand } from '../moderation/restrict/BanNotice.js';
import { PageSkeleton } from '../ui/Skeletons.js';
import { useVisibleHeight } from './useVisibleHeight.js';
import { Rail } from './Rail.js';
import styles from './AppFrame.module.css';

function BottomBar() {
  const { t } = useTranslation(['common', 'reading']);
  const hasNews = useRooms().rooms?.some((room) => room.hasNews) ?? false;
  const calls = useCallCount();
  const places = [
    { to: '/', name: t('home'), Icon: IconHome },
    { to: '/rooms', name: t('rooms'), Icon: IconHash, mark: hasNews && <UnreadDot /> },
    { to: '/mentions', name: t('reading:mentions'), Icon: IconAt, mark: calls > 0 && <CallCount count={calls} /> },
    { to: '/workshops', name: t('workshops'), Icon: IconCalendarEvent },
    { to: '/settings', name: t('me'), Icon: IconUser },
  ];
  return (
    <nav className={styles['bottom']} aria-label={t('mainNavigation')}>
      {places.map(({ to, name, Icon, mark }) => (
        <NavLink key={to} to={to} end={to === '/'}>
          <span className={styles['sign']}>
            <Icon size={22} aria-hidden="true" />
            {mark}
          </span>
          {name}
        </NavLink>
      ))}
    </nav>
  );
}

/** The frame of everybody signed in: the rail beside the page on wide screens, a bar below it on phones. */
export function AppFrame() {
  const { t } = useTranslation();
  // A band above the page would push it away.
  const isOwingKnown = useAreAnswered(memberships.mine);
  useVisibleHeight();
  useTitleCount();
  useReadingKeys();
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
        <PaymentWatch />
        {isOwingKnown ? <Outlet /> : <PageSkeleton />}
      </main>
      <BottomBar />
    </div>
  );
}
