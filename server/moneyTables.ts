/** What tickets and memberships share without knowing of each other: Stripe's webhooks, and the letters that are due. */
import { composeMembershipLetter } from './memberships/mails/composeMembershipLetter.js';
import { membershipWebhooks } from './memberships/followWebhook.js';
import { membershipLetters, seatLetters } from './models/letters/dueLetter.js';
import { orderWebhooks, type WebhookFollower } from './tickets/handleWebhook.js';
import { composeLetter } from './tickets/mails/composeLetter.js';
import type { LetterWriter, LetterWriters } from './tickets/mails/sendDueLetters.js';

export const webhookFollowers: readonly WebhookFollower[] = [orderWebhooks, membershipWebhooks];

const writtenBy = <K extends string>(kinds: readonly K[], write: LetterWriter): Record<K, LetterWriter> =>
  Object.fromEntries(kinds.map((kind) => [kind, write])) as Record<K, LetterWriter>;

export const letterWriters: LetterWriters = { ...writtenBy(seatLetters, composeLetter), ...writtenBy(membershipLetters, composeMembershipLetter) };
