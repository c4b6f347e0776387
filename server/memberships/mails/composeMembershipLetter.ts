import { membershipPages } from '../../../shared/contracts/memberships/memberships.js';
import { formatMoney } from '../../../shared/money.js';
import { defaultZone, writeDay } from '../../../shared/moments.js';
import type { Deps } from '../../deps.js';
import { membershipLetters, type DueLetterDocument, type MembershipLetter } from '../../models/letters/dueLetter.js';
import { Member, type MemberDocument } from '../../models/member.js';
import { Membership, type MembershipDocument } from '../../models/memberships/membership.js';
import { Tier } from '../../models/tier.js';
import type { Letter } from '../../platform/mail.js';
import { membershipWords, type MembershipLetterFacts } from './membershipWords.js';

/** A letter that is known to be about a membership. */
type AboutMembership = DueLetterDocument & { kind: MembershipLetter };

/** Writes a letter about a membership by what is true when it is sent, in the member's language; null when there is nothing to say any more. */
export async function composeMembershipLetter(deps: Deps, letter: DueLetterDocument): Promise<Letter | null> {
  if (!isAboutMembership(letter)) return null;
  const [member, membership] = await Promise.all([Member.findById(letter.memberId).lean(), Membership.findById(letter.membershipId).lean()]);
  if (!member || !membership || !isStillTrue(letter, membership)) return null;
  const tier = await Tier.findOne({ key: membership.plan.tierKey }).lean();
  const facts = factsFor(deps, letter, member, membership);
  return { to: member.email, ...membershipWords[member.language][letter.kind]({ ...facts, tier: tier?.name ?? membership.plan.tierKey }) };
}

const isAboutMembership = (letter: DueLetterDocument): letter is AboutMembership => (membershipLetters as readonly string[]).includes(letter.kind);

function isStillTrue({ kind, _id }: AboutMembership, { state, cancelAt, graceUntil }: MembershipDocument): boolean {
  if (kind === 'trial_ending') return state === 'trialing' && cancelAt === null;
  if (kind === 'card_failed') return state === 'past_due' && _id.endsWith(`:${String(graceUntil?.getTime())}`);
  return kind === 'membership_paid' || state === 'ended';
}

function factsFor(deps: Deps, { paid }: AboutMembership, { language, name, timeZone = defaultZone }: MemberDocument, membership: MembershipDocument): Omit<MembershipLetterFacts, 'tier'> {
  const { plan, owed, trialEnd, graceUntil, endedAt, endReason } = membership;
  const money = (amount: number, currency = plan.currency): string => formatMoney(amount, currency, language);
  const day = (moment: Date | null): string => (moment ? writeDay(moment, language, timeZone) : '');
  return {
    name,
    interval: plan.interval,
    price: money(plan.amount),
    paid: paid ? money(paid.amount, paid.currency) : '',
    owed: money(owed),
    trialEnd: day(trialEnd),
    graceUntil: day(graceUntil),
    endedAt: day(endedAt),
    endReason: endReason ?? 'cancelled',
    link: `${deps.publicUrl}${membershipPages.mine}`,
  };
}
