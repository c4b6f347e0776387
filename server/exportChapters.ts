/** What each feature tells a member of what it keeps of them: a chapter of the data export each. A feature that keeps something new adds its line. */
import { tellOfCertificates } from './certificates/tellOfCertificates.js';
import { tellOfMessages } from './chat/messages/tellOfMessages.js';
import type { Chapter } from './memberExport/exportMember.js';
import { tellOfMember } from './members/tellOfMember.js';
import { tellOfMemberships } from './memberships/tellOfMemberships.js';
import { tellOfRestrictions } from './moderation/tellOfRestrictions.js';
import { tellOfPolls } from './polls/tellOfPolls.js';
import { tellOfQuestions } from './questions/tellOfQuestions.js';
import { tellOfReading } from './reading/tellOfReading.js';
import { tellOfSteps } from './steps/tellOfSteps.js';
import { tellOfCalendar } from './tickets/calendar/tellOfCalendar.js';
import { tellOfOrders } from './tickets/tellOfOrders.js';
import { tellOfAttendance } from './workshops/attendance/tellOfAttendance.js';

export const exportChapters: Readonly<Record<string, Chapter>> = {
  member: tellOfMember,
  orders: tellOfOrders,
  memberships: tellOfMemberships,
  calendar: tellOfCalendar,
  messages: tellOfMessages,
  questions: tellOfQuestions,
  polls: tellOfPolls,
  steps: tellOfSteps,
  attendance: tellOfAttendance,
  certificates: tellOfCertificates,
  reading: tellOfReading,
  restrictions: tellOfRestrictions,
};
