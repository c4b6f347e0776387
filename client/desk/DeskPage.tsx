import { Tabs } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes, useLocation, useNavigate } from 'react-router';
import { useSession } from '../api/session.js';
import { EmptyState } from '../ui/EmptyState.js';
import { PageFrame } from '../ui/PageFrame.js';
import { TestModeBand } from '../ui/TestModeBand.js';
import { AttentionTab } from './attention/AttentionTab.js';
import { CouponsTab } from './coupons/CouponsTab.js';
import { CommunityTab } from './house/CommunityTab.js';
import { RoomsTab } from './house/RoomsTab.js';
import { MailTab } from './MailTab.js';
import { LinesPart } from './money/LinesPart.js';
import { MoneyTab } from './money/MoneyTab.js';
import { PeopleTab } from './PeopleTab.js';
import { TiersTab } from './tiers/TiersTab.js';
import { TodayTab } from './TodayTab.js';
import { WorkshopsTab } from './workshops/WorkshopsTab.js';
import { CardsSkeleton } from '../ui/Skeletons.js';
import styles from './desk.module.css';

// It brings WebRTC with it, which the rest of the desk has no use for.
const Doctor = lazy(async () => ({ default: (await import('../doctor/Doctor.js')).Doctor }));

/** `/desk/*`: the organizer's desk, each part at an address of its own. The check of live video is the hosts' too. */
export function DeskPage() {
  const { t } = useTranslation('desk');
  const { t: common } = useTranslation();
  const { me } = useSession();
  const { pathname } = useLocation();
  if (me?.role === 'host' && pathname === doctorPath) return <PageFrame title={t('doctor')} width="page"><DoctorPart /></PageFrame>;
  return (
    <PageFrame title={common('desk')} width="page">
      {me?.role === 'organizer' ? <Desk /> : <EmptyState title={t('notYours')} text={t('notYoursText')} />}
    </PageFrame>
  );
}

const doctorPath = '/desk/doctor';

function DoctorPart() {
  return <Suspense fallback={<CardsSkeleton />}><Doctor /></Suspense>;
}

/** The part that `/desk` itself shows; a tab must have a value. */
const today = 'today';

/** On a phone the tabs are wider than the screen. */
const bringIntoView = (tab: HTMLElement | null): void => tab?.scrollIntoView({ block: 'nearest', inline: 'center' });

function Desk() {
  const { t } = useTranslation('desk');
  const navigate = useNavigate();
  const part = useLocation().pathname.split('/')[2] || today;
  const parts = [
    [today, t('today')], ['attention', t('attention')], ['workshops', t('workshops')], ['people', t('people')], ['rooms', t('rooms')], ['tiers', t('tiers')],
    ['coupons', t('coupons')], ['money', t('money')], ['doctor', t('doctor')], ['mail', t('mail')], ['community', t('community')],
  ] as const;
  return (
    <Tabs value={part} onChange={(next) => void navigate(next === today ? '/desk' : `/desk/${next ?? ''}`)} keepMounted={false}>
      <Tabs.List className={styles['tabs']} aria-label={t('tabs')}>
        {parts.map(([path, name]) => <Tabs.Tab key={path} value={path} ref={path === part ? bringIntoView : undefined}>{name}</Tabs.Tab>)}
      </Tabs.List>
      <TestModeBand inPage />
      {parts.map(([path]) => <Tabs.Panel key={path} value={path} className={styles['panel']}><Part /></Tabs.Panel>)}
    </Tabs>
  );
}

function Part() {
  return (
    <Routes>
      <Route index element={<TodayTab />} />
      <Route path="attention" element={<AttentionTab />} />
      <Route path="workshops/:workshopId?" element={<WorkshopsTab />} />
      <Route path="people/:memberId?" element={<PeopleTab />} />
      <Route path="rooms" element={<RoomsTab />} />
      <Route path="tiers" element={<TiersTab />} />
      <Route path="coupons" element={<CouponsTab />} />
      <Route path="money" element={<MoneyTab />} />
      <Route path="money/lines" element={<LinesPart />} />
      <Route path="doctor" element={<DoctorPart />} />
      <Route path="mail" element={<MailTab />} />
      <Route path="community" element={<CommunityTab />} />
      <Route path="*" element={<Navigate replace to="/desk" />} />
    </Routes>
  );
}
