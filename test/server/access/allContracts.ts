/** Every call, push and route there is, so that a test can prove that it has looked at each. */
import * as attendance from '../../../shared/contracts/attendance/attendance.js';
import * as certificates from '../../../shared/contracts/attendance/certificates.js';
import * as audience from '../../../shared/contracts/live/audience.js';
import * as chat from '../../../shared/contracts/chat.js';
import * as coupons from '../../../shared/contracts/coupons.js';
import * as community from '../../../shared/contracts/community.js';
import * as doctor from '../../../shared/contracts/live/doctor.js';
import type { Call, Push, Route } from '../../../shared/define.js';
import * as members from '../../../shared/contracts/members.js';
import * as memberships from '../../../shared/contracts/memberships/memberships.js';
import * as messages from '../../../shared/contracts/messages.js';
import * as ledger from '../../../shared/contracts/money/ledger.js';
import * as moderation from '../../../shared/contracts/moderation.js';
import * as onStage from '../../../shared/contracts/live/onStage.js';
import * as polls from '../../../shared/contracts/live/polls.js';
import * as presence from '../../../shared/contracts/presence.js';
import * as questions from '../../../shared/contracts/live/questions.js';
import * as reading from '../../../shared/contracts/reading.js';
import * as rights from '../../../shared/contracts/rights.js';
import * as entry from '../../../shared/contracts/rights/entry.js';
import * as rooms from '../../../shared/contracts/rooms.js';
import * as stage from '../../../shared/contracts/live/stage.js';
import * as steps from '../../../shared/contracts/live/steps.js';
import * as calendar from '../../../shared/contracts/tickets/calendar.js';
import * as attention from '../../../shared/contracts/tickets/attention.js';
import * as cancelling from '../../../shared/contracts/tickets/cancelling.js';
import * as refunds from '../../../shared/contracts/tickets/refunds.js';
import * as prices from '../../../shared/contracts/memberships/prices.js';
import * as tickets from '../../../shared/contracts/tickets.js';
import * as tiers from '../../../shared/contracts/tiers.js';
import * as workshops from '../../../shared/contracts/workshops.js';

type Contract = Call | Push | Route;

const tables = [
  attendance.attendance,
  certificates.certificates,
  audience.audience,
  chat.chat,
  community.community,
  coupons.coupons,
  doctor.doctor,
  ledger.ledger,
  members.memberExport,
  members.members,
  memberships.memberships,
  messages.messages,
  moderation.moderation,
  onStage.onStage,
  polls.polls,
  presence.presence,
  prices.prices,
  questions.questions,
  reading.reading,
  refunds.refunds,
  attention.attention,
  cancelling.cancelling,
  calendar.calendar,
  rights.rights,
  entry.entry,
  rooms.rooms,
  stage.stage,
  steps.steps,
  tickets.tickets,
  tiers.tiers,
  workshops.workshops,
];
const all: Contract[] = tables.flatMap((table) => Object.values<Contract>(table));

export const allRoutes: Route[] = all.filter((one): one is Route => 'path' in one);
export const allCalls: Call[] = all.filter((one): one is Call => 'name' in one && 'input' in one);
export const allPushes: Push[] = all.filter((one): one is Push => 'name' in one && 'data' in one);
