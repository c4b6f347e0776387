/** The whole client: providers, and which page stands at which address. */
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, type ReactNode } from 'react';
import { BrowserRouter, Navigate, Outlet, Route, Routes, useLocation } from 'react-router';
import { community } from '../shared/contracts/community.js';
import { AppError } from '../shared/failures.js';
import { resumeSession, useSession } from './api/session.js';
import { useLiveQueries } from './api/useLiveQueries.js';
import { useAreAnswered } from './api/useRoute.js';
import { RestrictHost } from './moderation/restrict/RestrictHost.js';
import { UndoneHost } from './chat/waiting/UndoneHost.js';
import { openPresence } from './presence/beingHeard.js';
import { openReading } from './reading/readingStore.js';
import { PublicFrame } from './front/PublicFrame.js';
import { withWords } from './i18n/language.js';
import { useMyLanguage } from './members/mine/useMyLanguage.js';
import { useMyTheme } from './members/mine/useMyTheme.js';
import { useMyZone } from './members/mine/useMyZone.js';
import { Broken } from './frame/Broken.js';
import { ConnectionPill } from './frame/ConnectionPill.js';
import { NotFoundPage } from './frame/NotFoundPage.js';
import { PageSkeleton } from './ui/Skeletons.js';
import { Starting } from './frame/Starting.js';
import { LiveDoor } from './workshops/door/LiveDoor.js';
import { cssVariablesResolver, theme } from './ui/styles/theme.js';

const AppFrame = lazy(async () => ({ default: (await import('./frame/AppFrame.js')).AppFrame }));
const FrontPage = lazy(async () => ({ default: (await import('./front/FrontPage.js')).FrontPage }));
const SignInPage = lazy(async () => ({ default: (await import('./members/SignInPage.js')).SignInPage }));
const JoinPage = lazy(async () => ({ default: (await import('./members/JoinPage.js')).JoinPage }));
const SetupPage = lazy(async () => ({ default: (await import('./members/SetupPage.js')).SetupPage }));
const SettingsPage = lazy(async () => ({ default: (await import('./members/SettingsPage.js')).SettingsPage }));
const HomePage = lazy(async () => ({ default: (await import('./home/HomePage.js')).HomePage }));
const RoomsPage = lazy(async () => ({ default: (await import('./rooms/RoomsPage.js')).RoomsPage }));
const RoomPage = lazy(async () => ({ default: (await import('./rooms/RoomPage.js')).RoomPage }));
const MentionsPage = lazy(async () => ({ default: (await import('./reading/lists/MentionsPage.js')).MentionsPage }));
const WorkshopsPage = lazy(async () => ({ default: (await import('./workshops/WorkshopsPage.js')).WorkshopsPage }));
const WorkshopPage = lazy(async () => ({ default: (await import('./workshops/WorkshopPage.js')).WorkshopPage }));
const ConsolePage = lazy(async () => ({ default: (await withWords(import('./questions/ConsolePage.js'), 'live')).ConsolePage }));
const AttendancePage = lazy(async () => ({ default: (await import('./attendance/AttendancePage.js')).AttendancePage }));
const CertificatePage = lazy(async () => ({ default: (await import('./certificates/CertificatePage.js')).CertificatePage }));
const CheckPage = lazy(async () => ({ default: (await import('./certificates/CheckPage.js')).CheckPage }));
const ProjectorPage = lazy(async () => ({ default: (await withWords(import('./polls/results/ProjectorPage.js'), 'live')).ProjectorPage }));
const OrderPage = lazy(async () => ({ default: (await import('./tickets/OrderPage.js')).OrderPage }));
const TicketsPage = lazy(async () => ({ default: (await import('./tickets/TicketsPage.js')).TicketsPage }));
const MembershipPage = lazy(async () => ({ default: (await import('./memberships/MembershipPage.js')).MembershipPage }));
const ReturnPage = lazy(async () => ({ default: (await import('./memberships/ReturnPage.js')).ReturnPage }));
const DoorsPage = lazy(async () => ({ default: (await withWords(import('./rights/DoorsPage.js'), 'rights')).DoorsPage }));
const WhyPage = lazy(async () => ({ default: (await withWords(import('./rights/WhyPage.js'), 'rights')).WhyPage }));
const ModerationPage = lazy(async () => ({ default: (await import('./moderation/record/ModerationPage.js')).ModerationPage }));
const DeskPage = lazy(async () => ({ default: (await withWords(import('./desk/DeskPage.js'), 'desk', 'rights')).DeskPage }));

/** What an earlier page of this browser left waiting is told to the server wherever the member is now. */
function takeUpWaiting(): Promise<unknown> {
  return Promise.all([import('./chat/outbox.js'), import('./questions/outbox.js'), import('./polls/votes.js'), import('./steps/marks.js')]);
}

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // A refusal stays one; what did not arrive may arrive at the next try.
      retry: (failed, error) => !(error instanceof AppError) && failed < 3,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
}

/** Pages that strangers may see too: inside the frame of whoever looks. */
function OpenFrame() {
  return useSession().status === 'in' ? <AppFrame /> : <PublicFrame />;
}

/** Pages for members: a stranger signs in first and comes back. */
function ForMembers() {
  const { status } = useSession();
  const { pathname, search } = useLocation();
  if (status === 'in') return <Outlet />;
  return <Navigate replace to={`/sign-in?next=${encodeURIComponent(pathname + search)}`} />;
}

/** @param parts - how many parts of the address make another page; without it, all do. */
function Page({ children, parts }: { children: ReactNode; parts?: number }) {
  const { pathname } = useLocation();
  return (
    <Broken key={parts === undefined ? pathname : pathname.split('/', parts + 1).join('/')}>
      <Suspense fallback={<PageSkeleton />}>{children}</Suspense>
    </Broken>
  );
}

function Pages() {
  const { status } = useSession();
  return (
    <Routes>
      <Route element={<OpenFrame />}>
        <Route path="/" element={<Page>{status === 'in' ? <HomePage /> : <FrontPage />}</Page>} />
        <Route path="/workshops" element={<Page><WorkshopsPage /></Page>} />
        <Route path="/workshops/:workshopId" element={<Page><WorkshopPage /></Page>} />
        <Route path="/certificates" element={<Page><CheckPage /></Page>} />
        <Route path="/certificates/:certificateId" element={<Page><CertificatePage /></Page>} />
        <Route path="*" element={<NotFoundPage />} />
      </Route>
      <Route path="/sign-in" element={<Page><SignInPage /></Page>} />
      <Route path="/join" element={<Page><JoinPage /></Page>} />
      <Route path="/setup" element={<Page><SetupPage /></Page>} />
      <Route element={<ForMembers />}>
        <Route path="/workshops/:workshopId/live" element={<Page><LiveDoor /></Page>} />
        <Route path="/workshops/:workshopId/projector" element={<Page><ProjectorPage /></Page>} />
        <Route element={<AppFrame />}>
          <Route path="/mentions" element={<Page><MentionsPage /></Page>} />
          <Route path="/rooms" element={<Page><RoomsPage /></Page>} />
          <Route path="/rooms/:roomId/*" element={<Page parts={2}><RoomPage /></Page>} />
          <Route path="/workshops/:workshopId/console" element={<Page><ConsolePage /></Page>} />
          <Route path="/workshops/:workshopId/attendance" element={<Page><AttendancePage /></Page>} />
          <Route path="/orders/:orderId" element={<Page><OrderPage /></Page>} />
          <Route path="/tickets" element={<Page><TicketsPage /></Page>} />
          <Route path="/membership" element={<Page><MembershipPage /></Page>} />
          <Route path="/memberships/:membershipId" element={<Page><ReturnPage /></Page>} />
          <Route path="/why" element={<Page><DoorsPage /></Page>} />
          <Route path="/why/:place/:placeId" element={<Page><WhyPage /></Page>} />
          <Route path="/moderation" element={<Page><ModerationPage /></Page>} />
          <Route path="/desk/*" element={<Page><DeskPage /></Page>} />
          <Route path="/settings" element={<Page><SettingsPage /></Page>} />
        </Route>
      </Route>
    </Routes>
  );
}

function Shell() {
  const { status } = useSession();
  // Whose house it is, and whether its money is real, stands on pages above what can be pressed.
  const isHouseKnown = useAreAnswered(community.show);
  useLiveQueries();
  useMyLanguage();
  useMyTheme();
  useMyZone();
  useEffect(openReading, []);
  useEffect(openPresence, []);
  useEffect(() => {
    // Where the server cannot be asked, the session's state says so and `Starting` tells it.
    resumeSession().catch(() => undefined);
  }, []);
  useEffect(() => {
    // What cannot be loaded now is loaded with the page it belongs to.
    if (status === 'in') takeUpWaiting().catch(() => undefined);
  }, [status]);
  return (
    <>
      <ConnectionPill />
      <UndoneHost />
      <RestrictHost />
      <Suspense fallback={<PageSkeleton />}>{status === 'loading' || !isHouseKnown ? <Starting /> : <Pages />}</Suspense>
    </>
  );
}

/** The root of the page. */
export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} getStyleNonce={styleNonce} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <BrowserRouter>
          <Shell />
        </BrowserRouter>
      </QueryClientProvider>
    </MantineProvider>
  );
}
