import type { CommunityView } from '../../shared/contracts/community.js';
import type { Deps } from '../deps.js';
import type { CommunityDocument } from '../models/community.js';
import { Member } from '../models/member.js';
import { Tier, viewTier } from '../models/tier.js';

/** The community as everybody sees it, signed in or not. */
export async function viewCommunity(deps: Deps, { name, tagline }: CommunityDocument): Promise<CommunityView> {
  const [tiers, organizer] = await Promise.all([Tier.inOrder(), Member.exists({ role: 'organizer' })]);
  return { name, tagline, tiers: tiers.map(viewTier), testMode: deps.payments.isTest, sandboxConsole: deps.payments.hasConsole, needsOrganizer: !organizer, media: deps.stages.status() };
}
