/** What tickets and memberships share without knowing of each other: Stripe's webhooks, the comparison with Stripe, the letters that are due, and their timers. */
import type { Deps } from './deps.js';
import { composeMembershipLetter } from './memberships/mails/composeMembershipLetter.js';
import { membershipWebhooks } from './memberships/followWebhook.js';
import { membershipTimers } from './memberships/membershipTimers.js';
import { membershipLetters, seatLetters } from './models/letters/dueLetter.js';
import type { Job } from './platform/schedule.js';
import { attentionTimers } from './tickets/attention/attentionTimers.js';
import { orderWebhooks, type WebhookFollower } from './tickets/handleWebhook.js';
import { composeLetter } from './tickets/mails/composeLetter.js';
import type { LetterWriter, LetterWriters } from './tickets/mails/sendDueLetters.js';
import { ticketTimers } from './tickets/ticketTimers.js';

export const webhookFollowers: readonly WebhookFollower[] = [orderWebhooks, membershipWebhooks];

const writtenBy = <K extends string>(kinds: readonly K[], write: LetterWriter): Record<K, LetterWriter> =>
  Object.fromEntries(kinds.map((kind) => [kind, write])) as Record<K, LetterWriter>;

export const letterWriters: LetterWriters = { ...writtenBy(seatLetters, composeLetter), ...writtenBy(membershipLetters, composeMembershipLetter) };

/** Everything about money that is done again and again. */
export const moneyTimers = (deps: Deps): Job[] => [
  ...ticketTimers(deps, { followers: webhookFollowers, writers: letterWriters }),
  ...attentionTimers(deps, webhookFollowers),
  ...membershipTimers(deps),
];
