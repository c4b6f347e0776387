/**
 * Who is on stage and who wants to be: hands, invitations, speakers, silence, the lock, and who leads. All of it is one
 * document per workshop; `version` rises with each of its changes, so a client keeps what it holds of the highest one.
 * Taking somebody out of the workshop altogether is `moderation.restrict`, a ban from the workshop's room.
 */
import { z } from 'zod';
import { defineCall, definePush } from '../../define.js';
import { Id } from '../../ids.js';
import { PersonView } from '../members.js';

/** What can be silenced: the microphone with the screen's sound, or the camera with the screen. */
export const Media = z.enum(['audio', 'video']);
export type Media = z.infer<typeof Media>;

/** What a host keeps from being sent; its sender cannot start it again until a host lets them. */
export const Silenced = z.object({ audio: z.boolean(), video: z.boolean() });
export type Silenced = z.infer<typeof Silenced>;

/** Somebody on stage: a host by their office, or a speaker who was invited and came. */
export const Presenter = z.object({ person: PersonView, as: z.enum(['host', 'speaker']), since: z.iso.datetime(), silenced: Silenced });
export type Presenter = z.infer<typeof Presenter>;

/** Who is on stage, by the time they came. Before the workshop is live only those on stage and its hosts are told; others find it empty. */
export const RosterView = z.object({
  workshopId: Id,
  version: z.int().nonnegative(),
  /** Nobody can raise a hand. Whoever has a right to enter still may: a seat that was paid for is never locked out. */
  isLocked: z.boolean(),
  /** The host who leads; null before the first one came. An organizer the workshop does not name only until a host comes, where the lead was not given. */
  leadHostId: Id.nullable(),
  /** The host from whom the lead passed on because their connection was gone: they may take it back. */
  mayTakeLeadId: Id.nullable(),
  presenters: z.array(Presenter),
});
export type RosterView = z.infer<typeof RosterView>;

/** A raised hand. `isFirst`: they have not been on stage in this workshop yet. */
export const HandView = z.object({ person: PersonView, raisedAt: z.iso.datetime(), isFirst: z.boolean() });
export type HandView = z.infer<typeof HandView>;

/** For hosts: the hands, the one raised first at the top (`limits.handsShown` at most, of `count` that are up), and who was invited and has not answered. */
export const HandsView = z.object({ workshopId: Id, version: z.int().nonnegative(), hands: z.array(HandView), count: z.int().nonnegative(), invited: z.array(PersonView) });
export type HandsView = z.infer<typeof HandsView>;

/** How the member who asks stands to the stage. */
export const OwnStageView = z.object({
  workshopId: Id,
  version: z.int().nonnegative(),
  /** Since when their hand is up. */
  handSince: z.iso.datetime().nullable(),
  /** The host who invited them; null when there is no invitation to be answered. */
  invitedBy: PersonView.nullable(),
  isSpeaker: z.boolean(),
  silenced: Silenced,
});
export type OwnStageView = z.infer<typeof OwnStageView>;

/** Everything of it that one may see. `hands` is null for those who are no hosts. */
export const OnStageView = z.object({ roster: RosterView, hands: HandsView.nullable(), own: OwnStageView });
export type OnStageView = z.infer<typeof OnStageView>;

const InWorkshop = z.strictObject({ workshopId: Id });
/** What a host does about one member. */
export const OfMember = z.strictObject({ workshopId: Id, memberId: Id });
export type OfMember = z.infer<typeof OfMember>;
export const LockStage = z.strictObject({ workshopId: Id, isLocked: z.boolean() });
export type LockStage = z.infer<typeof LockStage>;

/**
 * `once` stops what they send now, and they may start it again themselves, as everybody knows it from Zoom and Meet;
 * `held` stops it until a host says `lifted`. Nobody is ever un-muted by another: lifting only lets them.
 */
export const Silence = OfMember.extend({ media: Media, how: z.enum(['once', 'held', 'lifted']) });
export type Silence = z.infer<typeof Silence>;

const open = ['workshop.not_found', 'workshop.wrong_state', 'server.busy'] as const;
const hosting = [...open, 'stage.nobody'] as const;

export const onStage = {
  show: defineCall('onStage:show', { input: InWorkshop, output: OnStageView, failures: ['workshop.not_found'] }),
  /** Only while live. A hand that is up already stays where it is in the order. */
  raiseHand: defineCall('onStage:raiseHand', { input: InWorkshop, output: OwnStageView, failures: [...open, 'stage.locked', 'stage.already', 'member.timed_out'], limit: { points: 20, seconds: 60 } }),
  lowerHand: defineCall('onStage:lowerHand', { input: InWorkshop, output: OwnStageView, failures: open }),
  lowerHandOf: defineCall('onStage:lowerHandOf', { input: OfMember, output: HandsView, failures: open }),
  /** Asks a member who is inside onto the stage, whether their hand is up or not; their hand goes down. Before live, to rehearse. */
  invite: defineCall('onStage:invite', { input: OfMember, output: HandsView, failures: [...hosting, 'stage.already'] }),
  withdrawInvitation: defineCall('onStage:withdrawInvitation', { input: OfMember, output: HandsView, failures: open }),
  /** From the answer on they may present: the stage gives them a send transport (`stage:present`). */
  acceptInvitation: defineCall('onStage:acceptInvitation', { input: InWorkshop, output: OwnStageView, failures: [...open, 'stage.not_invited', 'member.timed_out'] }),
  declineInvitation: defineCall('onStage:declineInvitation', { input: InWorkshop, output: OwnStageView, failures: open }),
  /** Ends a speaker's time on stage: nothing of theirs flows any more, and they are audience again. */
  takeOffStage: defineCall('onStage:takeOffStage', { input: OfMember, output: RosterView, failures: open }),
  stepDown: defineCall('onStage:stepDown', { input: InWorkshop, output: OwnStageView, failures: open }),
  /** A host silences speakers; only the host who leads, and an organizer, silence hosts. */
  silence: defineCall('onStage:silence', { input: Silence, output: RosterView, failures: [...hosting, 'role.required'] }),
  lock: defineCall('onStage:lock', { input: LockStage, output: RosterView, failures: open }),
  /** Gives the lead to a host who is on stage. Theirs to do who lead, an organizer's, and (to themselves) of the host whose it was before their connection was gone. */
  handOver: defineCall('onStage:handOver', { input: OfMember, output: RosterView, failures: [...hosting, 'role.required'] }),
  /** Who is on stage changed, or who leads, or the lock. */
  rosterChanged: definePush('onStage:rosterChanged', RosterView),
  /** Told to hosts. */
  handsChanged: definePush('onStage:handsChanged', HandsView),
  /** Told to the member it is about. */
  ownChanged: definePush('onStage:ownChanged', OwnStageView),
  /** Told to whoever was silenced, with who did it, so that it can be said in words. */
  muted: definePush('onStage:muted', z.object({ workshopId: Id, media: Media, isHeld: z.boolean(), by: PersonView })),
} as const;
