/** What the features bring: the calls and routes they answer, and what they do by the clock. A new feature's tables are named here. */
import { audienceEvents } from './audience/audience.events.js';
import { certificatesRoutes } from './certificates/certificates.routes.js';
import { chatEvents } from './chat/chat.events.js';
import { messagesEvents } from './chat/messages/messages.events.js';
import { communityRoutes } from './community/community.routes.js';
import { couponsRoutes } from './coupons/coupons.routes.js';
import type { Deps } from './deps.js';
import { doctorEvents } from './doctor/doctor.events.js';
import { exportChapters } from './exportChapters.js';
import type { RouteEntry } from './http/route.js';
import { ledgerRoutes } from './ledger/ledger.routes.js';
import { memberExportRoutes } from './memberExport/memberExport.routes.js';
import { membersRoutes } from './members/members.routes.js';
import { membershipsRoutes } from './memberships/memberships.routes.js';
import type { CrowdWatch } from './moderation/mode/crowdWatch.js';
import { moderationEvents } from './moderation/moderation.events.js';
import { moderationRoutes } from './moderation/moderation.routes.js';
import { moderationTimers } from './moderation/moderationTimers.js';
import { moneyTimers, webhookFollowers } from './moneyTables.js';
import { onStageEvents } from './onStage/onStage.events.js';
import type { Job } from './platform/schedule.js';
import { pollsEvents } from './polls/polls.events.js';
import { pollsRoutes } from './polls/polls.routes.js';
import { presenceEvents } from './presence/presence.events.js';
import { questionsEvents } from './questions/questions.events.js';
import { questionsRoutes } from './questions/questions.routes.js';
import { readingEvents } from './reading/reading.events.js';
import type { CallEntry } from './realtime/handle.js';
import { rightsRoutes } from './rights/rights.routes.js';
import { roomsRoutes } from './rooms/rooms.routes.js';
import { stepsEvents } from './steps/steps.events.js';
import { attentionRoutes } from './tickets/attention/attention.routes.js';
import { calendarRoutes } from './tickets/calendar/calendar.routes.js';
import { cancellingRoutes } from './tickets/cancelling/cancelling.routes.js';
import { refundsRoutes } from './tickets/refunds/refunds.routes.js';
import { ticketsRoutes } from './tickets/tickets.routes.js';
import { tiersRoutes } from './tiers/tiers.routes.js';
import { tierTimers } from './tiers/tierTimers.js';
import { attendanceRoutes } from './workshops/attendance/attendance.routes.js';
import { stageEvents } from './workshops/stage/stage.events.js';
import { workshopsEvents } from './workshops/workshops.events.js';
import { workshopsRoutes } from './workshops/workshops.routes.js';
import { workshopTimers } from './workshops/workshopTimers.js';

/** Every call over a socket. */
export const featureEvents = (deps: Deps): CallEntry[] => [
  ...chatEvents(deps),
  ...messagesEvents(deps),
  ...readingEvents(deps),
  ...presenceEvents(deps),
  ...moderationEvents(deps),
  ...workshopsEvents(deps),
  ...stageEvents(deps),
  ...questionsEvents(deps),
  ...pollsEvents(deps),
  ...stepsEvents(deps),
  ...audienceEvents(deps),
  ...onStageEvents(deps),
  ...doctorEvents(deps),
];

/** Every route over HTTP that is answered by contract. */
export const featureRoutes = (deps: Deps): RouteEntry[] => [
  ...membersRoutes(deps),
  ...memberExportRoutes(deps, exportChapters),
  ...communityRoutes(deps),
  ...tiersRoutes(deps),
  ...roomsRoutes(deps),
  ...moderationRoutes(deps),
  ...workshopsRoutes(deps),
  ...attendanceRoutes(deps),
  ...certificatesRoutes(deps),
  ...questionsRoutes(deps),
  ...pollsRoutes(deps),
  ...rightsRoutes(deps),
  ...membershipsRoutes(deps),
  ...ticketsRoutes(deps),
  ...couponsRoutes(deps),
  ...refundsRoutes(deps),
  ...cancellingRoutes(deps),
  ...calendarRoutes(deps),
  ...ledgerRoutes(deps),
  ...attentionRoutes(deps, webhookFollowers),
];

/** What is looked at again and again, whatever else happens. */
export const featureJobs = (deps: Deps, crowds: CrowdWatch): Job[] => [
  ...moneyTimers(deps),
  ...tierTimers(deps),
  ...moderationTimers(deps, crowds),
  // A node that was killed may have changed a message and told nobody.
  { name: 'changes', everyMs: 4_000, run: () => deps.changes.repair() },
  ...workshopTimers(deps),
  { name: 'polls', everyMs: 6_000, run: () => deps.pollNews.repair() },
  { name: 'steps', everyMs: 6_000, run: () => deps.stepNews.repair() },
  { name: 'questions', everyMs: 6_000, run: () => deps.queueNews.repair() },
  { name: 'rosters', everyMs: 2_000, run: () => deps.rosters.lookAtAll() },
];
