/** Members, as both sides see them: identity, sessions, profile, and the organizer's list of people. */
import { z } from 'zod';
import { Id } from '../ids.js';
import { limits } from '../limits.js';
import { TimeZone } from '../moments.js';
import { Language, Role, Status, Theme } from '../roles.js';
import { defineRoute } from '../define.js';
import { TierView } from './tiers.js';

const Email = z.string().trim().toLowerCase().max(limits.emailLength).pipe(z.email());
/** Something that is seen, on one line, and nothing that turns round how the text beside it is read (the directional controls of UAX #9). */
const Name = z.string().trim().min(1).max(limits.nameLength).regex(/^[^\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]*$/u, 'a name is one line of text').regex(/[\p{L}\p{N}\p{P}\p{S}]/u, 'a name can be seen');
const Password = z.string().min(limits.passwordMinLength).max(limits.passwordMaxLength);

export const SignUp = z.strictObject({ email: Email, name: Name, password: Password, language: Language.optional() });
export type SignUp = z.infer<typeof SignUp>;

export const SignIn = z.strictObject({ email: Email, password: z.string().min(1).max(limits.passwordMaxLength) });
export type SignIn = z.infer<typeof SignIn>;

/** A person as others see them. */
export const PersonView = z.object({ id: Id, name: z.string(), role: Role });
export type PersonView = z.infer<typeof PersonView>;

/** A member as they see themselves. */
export const MeView = PersonView.extend({
  email: z.string(),
  tier: TierView,
  language: Language,
  theme: Theme,
  status: Status,
  /** Where they are; null until a browser of theirs has told it. */
  timeZone: z.string().nullable(),
});
export type MeView = z.infer<typeof MeView>;

/** The short-lived access token is kept in memory only; the refresh token is in an httpOnly cookie and never seen by scripts. */
export const SessionView = z.object({ accessToken: z.string(), expiresAt: z.iso.datetime(), me: MeView });
export type SessionView = z.infer<typeof SessionView>;

export const UpdateProfile = z.strictObject({ name: Name.optional(), language: Language.optional(), theme: Theme.optional(), timeZone: TimeZone.optional() });
export type UpdateProfile = z.infer<typeof UpdateProfile>;

export const ChangePassword = z.strictObject({ current: z.string().min(1).max(limits.passwordMaxLength), next: Password });
export type ChangePassword = z.infer<typeof ChangePassword>;

/** One signed-in browser of the member's. */
export const SignedInView = z.object({ id: Id, device: z.string(), since: z.iso.datetime(), lastUsedAt: z.iso.datetime(), isThisOne: z.boolean() });
export type SignedInView = z.infer<typeof SignedInView>;

/** A row of the organizer's people table. */
export const PersonRow = PersonView.extend({ email: z.string(), tier: TierView, joinedAt: z.iso.datetime() });
export type PersonRow = z.infer<typeof PersonRow>;

export const BecomeOrganizer = SignUp.extend({ token: z.string().min(20).max(200) });
export type BecomeOrganizer = z.infer<typeof BecomeOrganizer>;

const Nothing = z.strictObject({});
const Done = z.object({});
const signInLimit = { points: 10, seconds: 60 };

export const members = {
  signUp: defineRoute('post', '/api/members', { who: 'anyone', input: SignUp, output: SessionView, failures: ['member.email_taken'], limit: signInLimit }),
  signIn: defineRoute('post', '/api/session', { who: 'anyone', input: SignIn, output: SessionView, failures: ['member.wrong_credentials'], limit: signInLimit }),
  /** Exchanges the refresh cookie for a new one and a new access token; a cookie used twice ends its whole family. */
  refresh: defineRoute('post', '/api/session/refresh', { who: 'anyone', input: Nothing, output: SessionView, failures: ['session.required', 'session.expired', 'session.reused'], limit: { points: 60, seconds: 60 } }),
  signOut: defineRoute('delete', '/api/session', { who: 'anyone', input: Nothing, output: Done }),
  me: defineRoute('get', '/api/members/me', { who: 'member', input: Nothing, output: MeView }),
  updateProfile: defineRoute('patch', '/api/members/me', { who: 'member', input: UpdateProfile, output: MeView }),
  /** Signs out every other session of the member. */
  changePassword: defineRoute('post', '/api/members/me/password', { who: 'member', input: ChangePassword, output: Done, failures: ['member.wrong_credentials'], limit: signInLimit }),
  sessions: defineRoute('get', '/api/members/me/sessions', { who: 'member', input: Nothing, output: z.array(SignedInView) }),
  endSession: defineRoute('delete', '/api/members/me/sessions/:sessionId', { who: 'member', input: z.strictObject({ sessionId: Id }), output: Done }),
  /** The first start without a demo prints a link with the token; it works once, while there is no organizer. */
  becomeOrganizer: defineRoute('post', '/api/setup', { who: 'anyone', input: BecomeOrganizer, output: SessionView, failures: ['setup.closed', 'member.email_taken'], limit: signInLimit }),
  people: defineRoute('get', '/api/people', { who: 'organizer', input: Nothing, output: z.array(PersonRow) }),
  setRole: defineRoute('patch', '/api/people/:memberId/role', { who: 'organizer', input: z.strictObject({ memberId: Id, role: Role }), output: PersonRow, failures: ['member.not_found', 'member.last_organizer'] }),
  /** Gives a tier by the organizer's word (no money), or with `tierKey: null` takes that gift back. */
  giveTier: defineRoute('patch', '/api/people/:memberId/tier', { who: 'organizer', input: z.strictObject({ memberId: Id, tierKey: z.string().max(40).nullable() }), output: PersonRow, failures: ['member.not_found', 'tier.not_found'] }),
} as const;

/** What the house keeps of a member: a chapter for each feature that keeps something, in that feature's own form. */
export const MemberExport = z.object({ exportedAt: z.iso.datetime(), chapters: z.record(z.string(), z.unknown()) });
export type MemberExport = z.infer<typeof MemberExport>;

export const memberExport = {
  /** The asking member's own, as one JSON document. */
  show: defineRoute('get', '/api/me/export', { who: 'member', input: z.strictObject({}), output: MemberExport, limit: { points: 6, seconds: 3600 } }),
} as const;
