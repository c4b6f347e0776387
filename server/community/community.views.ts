import type { CommunityView } from '../../shared/contracts/community.js';
import type { Deps } from '../deps.js';
import type { CommunityDocument } from '../models/community.js';
import { Member } from '../models/member.js';
import { listTierOffers } from '../models/memberships/tierOffers.js';

/** The community as everybody sees it, signed in or not. */
export async function viewCommunity(deps: Deps, { name, tagline }: CommunityDocument): Promise<CommunityView> {
  const [tiers, organizer] = await Promise.all([listTierOffers(), Member.exists({ role: 'organizer' })]);
  return { name, tagline, tiers, testMode: deps.payments.isTest, sandboxConsole: deps.payments.hasConsole, needsOrganizer: !organizer, media: deps.stages.status() };
}
