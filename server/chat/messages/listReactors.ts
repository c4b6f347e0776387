import type { PersonView } from '../../../shared/contracts/members.js';
import type { OfMessage } from '../../../shared/contracts/messages.js';
import { limits } from '../../../shared/limits.js';
import { accessMessage } from '../../access/accessMessage.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { Member } from '../../models/member.js';

/**
 * Who reacted to a message with one emoji, whoever did so first coming first; at most `limits.reactorsMax` of them.
 *
 * @throws room.not_found - absent, or not this actor's to see; the two look alike on purpose.
 * @throws message.not_found - not in this room.
 */
export async function listReactors(deps: Deps, actor: Actor, { emoji, ...of }: OfMessage & { emoji: string }): Promise<PersonView[]> {
  const { message } = await accessMessage(actor, of, 'read', deps.now());
  const ids = message.reactions?.find((reaction) => reaction.emoji === emoji)?.memberIds.slice(0, limits.reactorsMax).map(String) ?? [];
  const people = await Member.people(ids);
  return ids.flatMap((id) => people.get(id) ?? []);
}
