import { IconAt, IconHome, IconReceipt2, IconSettings, IconShieldHalf } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink } from 'react-router';
import { community } from '../../shared/contracts/community.js';
import type { MeView } from '../../shared/contracts/members.js';
import { rooms } from '../../shared/contracts/rooms.js';
import { workshops } from '../../shared/contracts/workshops.js';
import { useSession } from '../api/session.js';
import { useAreAnswered, useRouteQuery } from '../api/useRoute.js';
import { CallCount } from '../reading/UnreadMark.js';
import { useCallCount } from '../reading/useReading.js';
import { RoomLinks } from '../rooms/RoomLinks.js';
import { LiveBadge } from '../ui/LiveBadge.js';
import { Mark } from './Mark.js';
import { useFormat } from '../ui/format.js';
import { RowsSkeleton } from '../ui/Skeletons.js';
import { MeMenu } from './me/MeMenu.js';
import { openWorkshops, workshopPath } from '../home/workshopLinks.js';
import styles from './Rail.module.css';

/** More than these would push the rooms away; the rest is on the workshops' own page. */
const workshopsShown = 6;

function WorkshopLinks() {
  const { t } = useTranslation();
  const format = useFormat();
  const list = useRouteQuery(workshops.list, {});
  const shown = openWorkshops(list.data ?? []).slice(0, workshopsShown);
  return (
    <ul>
      {shown.map((workshop) => (
        <li key={workshop.id}>
          <NavLink to={workshopPath(workshop)} className={styles['link']}>
            {workshop.state === 'live' && <LiveBadge />}
            <span className={styles['name']}>{workshop.title}</span>
            {workshop.state === 'scheduled' && <span className={styles['when']}>{format.shortDay(workshop.startsAt)}</span>}
          </NavLink>
        </li>
      ))}
      <li>
        <NavLink to="/workshops" end className={styles['link']}>
          <span className={styles['quiet']}>{t('allWorkshops')}</span>
        </NavLink>
      </li>
    </ul>
  );
}

function MentionsLink() {
  const { t } = useTranslation('reading');
  const count = useCallCount();
  return (
    <NavLink to="/mentions" className={styles['link']}>
      <IconAt size={17} aria-hidden="true" />
      {t('mentions')}
      {count > 0 && <CallCount count={count} />}
    </NavLink>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div role="group" aria-label={title}>
      <h2 className={styles['group']}>{title}</h2>
      {children}
    </div>
  );
}

function Yours({ me }: { me: MeView }) {
  const { t } = useTranslation();
  return (
    <Group title={t('yours')}>
      <NavLink to="/tickets" className={styles['link']}>
        <IconReceipt2 size={17} aria-hidden="true" />
        {t('tickets')}
      </NavLink>
      {(me.role === 'organizer' || me.role === 'moderator') && (
        <NavLink to="/moderation" className={styles['link']}>
          <IconShieldHalf size={17} aria-hidden="true" />
          {t('moderation')}
        </NavLink>
      )}
      {me.role === 'organizer' && (
        <NavLink to="/desk" className={styles['link']}>
          <IconSettings size={17} aria-hidden="true" />
          {t('desk')}
        </NavLink>
      )}
    </Group>
  );
}

/** The left rail of wide screens: the community, its rooms, its workshops, and me. */
export function Rail() {
  const { t } = useTranslation();
  const { me } = useSession();
  const name = useRouteQuery(community.show, {}).data?.name ?? '';
  const areAnswered = useAreAnswered(rooms.list, workshops.list);
  if (me === null) return null;
  return (
    <nav className={styles['rail']} aria-label={t('mainNavigation')}>
      <Link to="/" className={styles['community']}>
        <Mark name={name} />
        <span className={styles['name']}>{name}</span>
      </Link>
      <div className={styles['places']}>
        <NavLink to="/" end className={styles['link']}>
          <IconHome size={17} aria-hidden="true" />
          {t('home')}
        </NavLink>
        <MentionsLink />
        {areAnswered ? (
          <>
            <Group title={t('rooms')}>
              <RoomLinks />
            </Group>
            <Group title={t('workshops')}>
              <WorkshopLinks />
            </Group>
            <Yours me={me} />
          </>
        ) : (
          <RowsSkeleton count={8} height={24} />
        )}
      </div>
      <MeMenu me={me} />
    </nav>
  );
}
