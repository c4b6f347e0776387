/** The only way to say something: the room, if this actor may write this there now. */
import type { RoomMode } from '../../../shared/contracts/moderation.js';
import { AppError } from '../../../shared/failures.js';
import type { RoomDocument } from '../../models/room.js';
import { mayModerate } from '../accessModeration.js';
import type { Actor } from '../actor.js';
import { refuseTimedOut } from './restrictions.js';

/** What a slow room asks of whoever speaks in it: one turn in so many seconds. Turns are counted anew with each change of the mode. */
export interface Pace {
  /** Names the mode's span: the time it was set (ms). */
  since: number;
  seconds: number;
}

/**
 * Judges whether an actor who may be in the room may write this in it now. Whoever may moderate it writes in every mode.
 *
 * @returns the pace to be kept; null where none is.
 * @throws member.timed_out - they may not write until a time.
 * @throws room.read_only | room.questions_only | room.emoji_only - this is not written here now.
 */
export async function judgeSpeech(actor: Actor, room: RoomDocument, text: string, now: Date): Promise<Pace | null> {
  refuseTimedOut(actor, String(room._id), now);
  const { spoken } = room;
  if (!spoken || spoken.mode.kind === 'normal' || (await mayModerate(actor, room, now))) return null;
  if (spoken.mode.kind === 'slow') return { since: spoken.since.getTime(), seconds: spoken.mode.seconds };
  refuseUnfit(spoken.mode.kind, text);
  return null;
}

/** Ends with a question mark, or its full-width form. */
const question = /[?？]\s*$/u;
/**
 * Emoji as Unicode recommends them for interchange, and white space between them; the longest first. They are taken out one after the
 * other: an expression for the whole text would try each way to read it, and 👍🏽 is one emoji or two.
 */
const emoji = new RegExp('\\p{RGI_Emoji}|\\s', 'gv');

function refuseUnfit(kind: Exclude<RoomMode['kind'], 'normal' | 'slow'>, text: string): void {
  if (kind === 'read_only') throw new AppError('room.read_only');
  if (kind === 'questions_only' && !question.test(text)) throw new AppError('room.questions_only');
  if (kind === 'emoji_only' && text.replace(emoji, '') !== '') throw new AppError('room.emoji_only');
}
