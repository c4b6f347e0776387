import type { PersonRow } from '../../../shared/contracts/members.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { Grant } from '../../models/grant.js';
import { Member } from '../../models/member.js';
import { Tier } from '../../models/tier.js';
import { viewPersonRow } from '../members.views.js';

/** Everybody, in the order they joined, each with the highest tier they hold now. */
export async function listPeople(deps: Deps, _actor: Actor): Promise<PersonRow[]> {
  const [people, tiers, keys] = await Promise.all([Member.find().sort({ joinedAt: 1, _id: 1 }).lean(), Tier.inOrder(), Grant.liveTierKeysOfAll(deps.now())]);
  const falling = tiers.toReversed();
  return people.flatMap((member) => {
    const held = keys.get(String(member._id)) ?? [];
    const tier = falling.find(({ key, rank }) => rank === 0 || held.includes(key));
    return tier ? [viewPersonRow(member, tier)] : [];
  });
}
