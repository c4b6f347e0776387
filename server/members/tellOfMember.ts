import type { Deps } from '../deps.js';
import { Grant } from '../models/grant.js';
import { Member } from '../models/member.js';
import { Session } from '../models/session.js';

/** For a member's data export: the account, where it is signed in, and what it may enter. */
export async function tellOfMember(_deps: Deps, memberId: string): Promise<unknown> {
  const [member, sessions, grants] = await Promise.all([
    Member.findById(memberId).select({ _id: 0, email: 1, name: 1, role: 1, language: 1, theme: 1, status: 1, joinedAt: 1 }).orFail().lean(),
    Session.find({ memberId }).select({ _id: 0, device: 1, createdAt: 1, rotatedAt: 1, expiresAt: 1, endedAt: 1 }).lean(),
    Grant.find({ memberId }).select({ _id: 0, kind: 1, ref: 1, source: 1, startsAt: 1, endsAt: 1, endReason: 1 }).lean(),
  ]);
  return { account: member, signedIn: sessions, rights: grants };
}
