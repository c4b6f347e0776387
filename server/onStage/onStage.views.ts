/** Rosters as the contract shows them: what everybody sees, what hosts see, and how one member stands. */
import type { HandsView, OwnStageView, RosterView } from '../../shared/contracts/live/onStage.js';
import { limits } from '../../shared/limits.js';
import { Member } from '../models/member.js';
import { silencedOf, type OnStage, type StageRosterDocument } from '../models/onStage/stageRoster.js';

/** Who is on stage, by the time they came. */
export async function viewRoster(roster: StageRosterDocument): Promise<RosterView> {
  const present = [...roster.hosts.map((host) => ({ ...host, as: 'host' as const })), ...roster.speakers.map((speaker) => ({ ...speaker, as: 'speaker' as const }))];
  const people = await Member.people(idsOf(present));
  present.sort((one, other) => one.since.getTime() - other.since.getTime());
  return {
    ...frameOf(roster),
    presenters: present.flatMap(({ memberId, since, as }) => {
      const person = people.get(String(memberId));
      return person ? [{ person, as, since: since.toISOString(), silenced: silencedOf(roster, person.id) }] : [];
    }),
  };
}

/** The roster for whoever may not see yet who rehearses. */
export function viewClosedRoster(roster: StageRosterDocument): RosterView {
  return { ...frameOf(roster), leadHostId: null, mayTakeLeadId: null, presenters: [] };
}

/** The hands and invitations, for hosts. Hands that are far from their turn are only counted: this is told at every one that goes up. */
export async function viewHands(roster: StageRosterDocument): Promise<HandsView> {
  const first = roster.hands.slice(0, limits.handsShown);
  const people = await Member.people([...idsOf(first), ...idsOf(roster.invitations)]);
  const haveSpoken = new Set(roster.haveSpoken.map(String));
  return {
    ...placeOf(roster),
    hands: first.flatMap(({ memberId, raisedAt }) => {
      const person = people.get(String(memberId));
      return person ? [{ person, raisedAt: raisedAt.toISOString(), isFirst: !haveSpoken.has(person.id) }] : [];
    }),
    count: roster.hands.length,
    invited: roster.invitations.flatMap(({ memberId }) => people.get(String(memberId)) ?? []),
  };
}

/** How one member stands to the stage. */
export async function viewOwn(roster: StageRosterDocument, memberId: string): Promise<OwnStageView> {
  const hand = roster.hands.find((one) => String(one.memberId) === memberId);
  const invitation = roster.invitations.find((one) => String(one.memberId) === memberId);
  const people = invitation ? await Member.people([String(invitation.byId)]) : null;
  return {
    ...placeOf(roster),
    handSince: hand?.raisedAt.toISOString() ?? null,
    invitedBy: (invitation && people?.get(String(invitation.byId))) ?? null,
    isSpeaker: isAmong(roster.speakers, memberId),
    silenced: silencedOf(roster, memberId),
  };
}

/** Whether a member is one of those on stage. */
export function isAmong(list: readonly Pick<OnStage, 'memberId'>[], memberId: string): boolean {
  return list.some((one) => String(one.memberId) === memberId);
}

/** The members a list of the roster is about. */
export function idsOf(list: readonly Pick<OnStage, 'memberId'>[]): string[] {
  return list.map((one) => String(one.memberId));
}

const placeOf = ({ _id, version }: StageRosterDocument) => ({ workshopId: String(_id), version });

const frameOf = (roster: StageRosterDocument) => ({
  ...placeOf(roster),
  isLocked: roster.isLocked,
  leadHostId: roster.leadId && String(roster.leadId),
  mayTakeLeadId: roster.mayTakeLeadId && String(roster.mayTakeLeadId),
});
