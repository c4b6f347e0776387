/** The changes a roster knows: each says what it rests on and what it writes, and answers null where it does not apply (any more). */
import { Types } from 'mongoose';
import type { Media } from '../../../shared/contracts/live/onStage.js';
import { StageRoster, type StageRosterDocument } from './stageRoster.js';

type Changed = Promise<StageRosterDocument | null>;

/** Hosts, speakers and those invited: whoever is one of them needs no hand and no invitation. */
const isNotYet = (memberId: string) => ({ 'hosts.memberId': { $ne: memberId }, 'speakers.memberId': { $ne: memberId }, 'invitations.memberId': { $ne: memberId } });

/** Puts a hand up at the end of the row. */
export function raise(workshopId: string, memberId: string, now: Date): Changed {
  return StageRoster.change(workshopId, { isLocked: false, 'hands.memberId': { $ne: memberId }, ...isNotYet(memberId) }, { $push: { hands: { memberId, raisedAt: now } } });
}

export function lower(workshopId: string, memberId: string): Changed {
  return StageRoster.change(workshopId, { 'hands.memberId': memberId }, { $pull: { hands: { memberId } } });
}

/** Invites a member; their hand, if it was up, goes down. */
export function ask(workshopId: string, memberId: string, byId: string): Changed {
  return StageRoster.change(workshopId, isNotYet(memberId), { $pull: { hands: { memberId } }, $push: { invitations: { memberId, byId } } });
}

/** Takes an invitation back, by whoever gave it or whoever got it. */
export function unask(workshopId: string, memberId: string): Changed {
  return StageRoster.change(workshopId, { 'invitations.memberId': memberId }, { $pull: { invitations: { memberId } } });
}

/** Makes a speaker of somebody who is invited. */
export function come(workshopId: string, memberId: string, now: Date): Changed {
  const change = { $pull: { invitations: { memberId }, hands: { memberId } }, $push: { speakers: { memberId, since: now } }, $addToSet: { haveSpoken: memberId } };
  return StageRoster.change(workshopId, { 'invitations.memberId': memberId, 'speakers.memberId': { $ne: memberId } }, change);
}

/** Ends a speaker's time; what was held of theirs goes with it. */
export function go(workshopId: string, memberId: string): Changed {
  return StageRoster.change(workshopId, { 'speakers.memberId': memberId }, { $pull: { speakers: { memberId }, heldAudio: memberId, heldVideo: memberId } });
}

/** Puts a host on stage. */
export function welcomeHost(workshopId: string, memberId: string, now: Date): Changed {
  const change = { $push: { hosts: { memberId, since: now } }, $pull: { speakers: { memberId }, invitations: { memberId }, hands: { memberId } } };
  return StageRoster.change(workshopId, { 'hosts.memberId': { $ne: memberId } }, change);
}

/** Keeps somebody on stage from sending, or lets them again. */
export function hold(workshopId: string, memberId: string, media: Media, isHeld: boolean): Changed {
  const field = media === 'audio' ? 'heldAudio' : 'heldVideo';
  const isThere = { $or: [{ 'speakers.memberId': memberId }, { 'hosts.memberId': memberId }] };
  if (isHeld) return StageRoster.change(workshopId, { ...isThere, [field]: { $ne: memberId } }, { $push: { [field]: memberId } });
  return StageRoster.change(workshopId, { ...isThere, [field]: memberId }, { $pull: { [field]: memberId } });
}

export function lockHands(workshopId: string, isLocked: boolean): Changed {
  return StageRoster.change(workshopId, { isLocked: !isLocked }, { $set: { isLocked } });
}

/** Gives the lead to a host on stage, if it is still where it was when this was decided. */
export function giveLead(workshopId: string, before: Pick<StageRosterDocument, 'leadId' | 'mayTakeLeadId'>, memberId: string): Changed {
  const { leadId, mayTakeLeadId } = before;
  return StageRoster.change(workshopId, { leadId, mayTakeLeadId, 'hosts.memberId': memberId }, { $set: { leadId: new Types.ObjectId(memberId), isLeadGiven: true, mayTakeLeadId: null } });
}

/** What follows from facts about those on it, if the roster is still the one it was judged from. */
export function follow(before: StageRosterDocument, change: Partial<Omit<StageRosterDocument, '_id' | 'version'>>): Changed {
  return StageRoster.change(String(before._id), { version: before.version }, { $set: change });
}
