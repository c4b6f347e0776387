import type { MeView, PersonRow, SessionView, SignedInView } from '../../shared/contracts/members.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { Grant } from '../models/grant.js';
import type { MemberDocument } from '../models/member.js';
import type { SessionDocument } from '../models/session.js';
import { Tier, viewTier, type TierDocument } from '../models/tier.js';

type Shown = Omit<MemberDocument, 'passwordHash'>;

/** The member as they see themselves. */
export async function viewMe(member: Shown, now: Date): Promise<MeView> {
  const memberId = String(member._id);
  const tier = await Tier.highest(await Grant.liveTierKeys(memberId, now));
  const { name, role, email, language, theme, status = 'available', timeZone = null } = member;
  return { id: memberId, name, role, email, tier: viewTier(tier), language, theme, status, timeZone };
}

/** A fresh access token with who it is for. */
export async function viewSession(deps: Deps, member: Shown, sessionId: string): Promise<SessionView> {
  const { token, expiresAt } = deps.tokens.sign({ memberId: String(member._id), sessionId });
  return { accessToken: token, expiresAt: expiresAt.toISOString(), me: await viewMe(member, deps.now()) };
}

/** A signed-in browser, as its member sees it. */
export function viewSignedIn(actor: Actor, session: SessionDocument): SignedInView {
  const id = String(session._id);
  return { id, device: session.device, since: session.createdAt.toISOString(), lastUsedAt: session.rotatedAt.toISOString(), isThisOne: id === actor.sessionId };
}

/** A row of the organizer's people table. */
export function viewPersonRow(member: Shown, tier: TierDocument): PersonRow {
  return { id: String(member._id), name: member.name, role: member.role, email: member.email, tier: viewTier(tier), joinedAt: member.joinedAt.toISOString() };
}
