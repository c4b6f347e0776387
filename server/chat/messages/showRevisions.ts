import type { OfMessage, RevisionView } from '../../../shared/contracts/messages.js';
import { accessMessage } from '../../access/accessMessage.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { readRevisions } from '../../models/messages/messageChanges.js';

/**
 * What a message said before, oldest first. A deleted one has no revisions left.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 * @throws message.not_found - not in this room.
 */
export async function showRevisions(deps: Deps, actor: Actor, of: OfMessage): Promise<RevisionView[]> {
  const { message } = await accessMessage(actor, of, 'read', deps.now());
  const revisions = await readRevisions(message);
  return revisions.map(({ text, until }) => ({ text, until: until.toISOString() }));
}
