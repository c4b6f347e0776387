/** Memberships as the contract shows them. */
import type { MembershipView, MyMembership, NextStep, Plan } from '../../shared/contracts/memberships/memberships.js';
import { Membership, type MembershipDocument, type StoredPlan } from '../models/memberships/membership.js';
import { Tier } from '../models/tier.js';
import { isTrialLeft } from './settle/trials.js';

/** A plan with its tier's name. */
export async function viewPlan({ priceId, tierKey, interval, amount, currency }: StoredPlan): Promise<Plan> {
  const tier = await Tier.findOne({ key: tierKey }).lean();
  return { priceId: String(priceId), tierKey, tierName: tier?.name ?? tierKey, interval, price: { amount, currency } };
}

/** A membership as its member sees it. */
export async function viewMembership(membership: MembershipDocument): Promise<MembershipView> {
  const base = { id: String(membership._id), plan: await viewPlan(membership.plan) };
  if (membership.state === 'starting') return { state: 'starting', ...base, checkoutUrl: membership.checkoutUrl, expiresAt: membership.checkoutUntil.toISOString() };
  if (membership.state === 'ended') return { state: 'ended', ...base, endedAt: isoOf(membership.endedAt, membership), reason: membership.endReason ?? 'cancelled' };
  const running = { ...base, since: isoOf(membership.startedAt, membership), periodEnd: isoOf(membership.periodEnd, membership), next: await nextStep(membership) };
  if (membership.state === 'trialing') return { state: 'trialing', ...running, trialEnd: isoOf(membership.trialEnd, membership) };
  if (membership.state === 'active') return { state: 'active', ...running };
  const owed = { amount: membership.owed, currency: membership.plan.currency };
  return { state: 'past_due', ...running, graceUntil: isoOf(membership.graceUntil, membership), owed };
}

/** What a member's page shows: the live one, or the last, and whether a free trial is left. */
export async function viewMine(memberId: string): Promise<MyMembership> {
  const membership = await Membership.newestOf(memberId);
  return { membership: membership && (await viewMembership(membership)), isTrialLeft: await isTrialLeft(memberId, membership) };
}

async function nextStep(membership: MembershipDocument): Promise<NextStep> {
  const { cancelAt, coming, plan, periodEnd } = membership;
  if (cancelAt) return { kind: 'ends', at: cancelAt.toISOString() };
  if (coming) return { kind: 'changes', at: coming.at.toISOString(), plan: await viewPlan(coming.plan) };
  return { kind: 'renews', at: isoOf(periodEnd, membership), price: { amount: plan.amount, currency: plan.currency } };
}

/** A moment that is known in the state it is asked in; an older document may lack it. */
const isoOf = (moment: Date | null, { createdAt }: MembershipDocument): string => (moment ?? createdAt).toISOString();
