import type { OutboxMail } from '../../shared/contracts/community.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';

/** The mails kept for reading in the browser, newest first; none where they are really sent. */
export async function readOutbox(deps: Deps, _actor: Actor): Promise<{ keepsMails: boolean; mails: OutboxMail[] }> {
  const kept = await deps.mail.kept();
  return { keepsMails: kept !== null, mails: kept ?? [] };
}
