/** All words in this language but those that few pages need, by namespace; loaded as one file when the language is chosen. */
import common from './zh-CN/common.json' with { type: 'json' };
import failures from './zh-CN/failures.json' with { type: 'json' };
import members from './zh-CN/members.json' with { type: 'json' };
import chat from './zh-CN/chat.json' with { type: 'json' };
import messages from './zh-CN/messages.json' with { type: 'json' };
import emoji from './zh-CN/emoji.json' with { type: 'json' };
import reading from './zh-CN/reading.json' with { type: 'json' };
import moderation from './zh-CN/moderation.json' with { type: 'json' };
import workshops from './zh-CN/workshops.json' with { type: 'json' };
import stage from './zh-CN/stage.json' with { type: 'json' };
import questions from './zh-CN/questions.json' with { type: 'json' };
import attendance from './zh-CN/attendance.json' with { type: 'json' };
import certificates from './zh-CN/certificates.json' with { type: 'json' };
import audience from './zh-CN/audience.json' with { type: 'json' };
import memberships from './zh-CN/memberships.json' with { type: 'json' };
import tickets from './zh-CN/tickets.json' with { type: 'json' };
import calendar from './zh-CN/calendar.json' with { type: 'json' };
import refunds from './zh-CN/refunds.json' with { type: 'json' };
import trust from './zh-CN/trust.json' with { type: 'json' };
import front from './zh-CN/front.json' with { type: 'json' };

export const zhCN = { common, failures, members, chat, messages, emoji, reading, moderation, workshops, stage, questions, attendance, certificates, memberships, tickets, calendar, refunds, trust, front, audience };
