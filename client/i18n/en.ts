/** All words in this language but those that few pages need, by namespace; loaded as one file when the language is chosen. */
import common from './en/common.json' with { type: 'json' };
import failures from './en/failures.json' with { type: 'json' };
import members from './en/members.json' with { type: 'json' };
import chat from './en/chat.json' with { type: 'json' };
import messages from './en/messages.json' with { type: 'json' };
import emoji from './en/emoji.json' with { type: 'json' };
import reading from './en/reading.json' with { type: 'json' };
import moderation from './en/moderation.json' with { type: 'json' };
import workshops from './en/workshops.json' with { type: 'json' };
import stage from './en/stage.json' with { type: 'json' };
import questions from './en/questions.json' with { type: 'json' };
import attendance from './en/attendance.json' with { type: 'json' };
import certificates from './en/certificates.json' with { type: 'json' };
import audience from './en/audience.json' with { type: 'json' };
import memberships from './en/memberships.json' with { type: 'json' };
import tickets from './en/tickets.json' with { type: 'json' };
import calendar from './en/calendar.json' with { type: 'json' };
import refunds from './en/refunds.json' with { type: 'json' };
import trust from './en/trust.json' with { type: 'json' };
import front from './en/front.json' with { type: 'json' };

export const en = { common, failures, members, chat, messages, emoji, reading, moderation, workshops, stage, questions, attendance, certificates, memberships, tickets, calendar, refunds, trust, front, audience };
