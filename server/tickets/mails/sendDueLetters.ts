import type { Deps } from '../../deps.js';
import { DueLetter, type DueLetterDocument } from '../../models/letters/dueLetter.js';
import type { Letter } from '../../platform/mail.js';

/** Writes a letter by what is true when it is sent; null when there is nothing to say any more. */
export type LetterWriter = (deps: Deps, letter: DueLetterDocument) => Promise<Letter | null>;

/** Who writes which kind of letter. */
export type LetterWriters = Readonly<Record<DueLetterDocument['kind'], LetterWriter>>;

/** For how long a letter that is being sent is kept from other nodes, in milliseconds. */
const leaseMs = 60_000;
const firstDelayMs = 30_000;
const longestDelayMs = 60 * 60_000;
/** How many are sent in one go; what is left waits for the next. */
const handful = 200;

/** Sends every letter that is due. One that fails is tried again, later each time. */
export async function sendDueLetters(deps: Deps, writers: LetterWriters): Promise<void> {
  for (let left = handful; left > 0; left -= 1) {
    const now = deps.now();
    const letter = await DueLetter.takeDue(now, new Date(now.getTime() + leaseMs));
    if (!letter) return;
    await sendOne(deps, letter, writers[letter.kind]);
  }
}

async function sendOne(deps: Deps, letter: DueLetterDocument, write: LetterWriter): Promise<void> {
  try {
    const composed = await write(deps, letter);
    if (composed) await deps.mail.send({ ...composed, id: letter._id });
    await DueLetter.close(letter._id, composed && deps.now());
  } catch (error) {
    deps.log.error({ err: error, letter: letter._id }, 'a letter was not sent; it is tried again');
    const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** letter.failures);
    // Where the store is away too, it is due again when the lease is over.
    await DueLetter.putOff(letter._id, new Date(deps.now().getTime() + delayMs)).catch(() => undefined);
  }
}
