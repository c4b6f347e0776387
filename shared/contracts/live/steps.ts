/** The steps of a workshop's hands-on work: a checklist of the host's, on which each member marks what is done and where they are stuck. */
import { z } from 'zod';
import { defineCall, definePush } from '../../define.js';
import { ClientId, Id } from '../../ids.js';
import { limits } from '../../limits.js';
import { PersonView } from '../members.js';

/** A step keeps its id when it is reworded or moved; the client names it. */
export const Step = z.strictObject({ id: ClientId, text: z.string().trim().min(1).max(limits.stepLength) });
export type Step = z.infer<typeof Step>;

/** The checklist. `version` rises by one with each change; 0 is one that nobody has written yet. */
export const StepList = z.object({ workshopId: Id, version: z.int().nonnegative(), steps: z.array(z.object({ id: ClientId, text: z.string() })) });
export type StepList = z.infer<typeof StepList>;

/** `helped` is set by a host, and says that the member may go on; a step that was never marked is `open`. */
export const MarkState = z.enum(['open', 'done', 'stuck', 'helped']);
export type MarkState = z.infer<typeof MarkState>;

/** A member's own mark at a step. `note` says where one is stuck; `version` rises with each change of this mark. */
export const MyMark = z.object({ stepId: ClientId, state: MarkState, note: z.string(), version: z.int().positive() });
export type MyMark = z.infer<typeof MyMark>;

/** One who waits for help. `version` is that of the mark. */
export const HelpRequest = z.object({ stepId: ClientId, person: PersonView, note: z.string(), since: z.iso.datetime(), version: z.int().positive() });
export type HelpRequest = z.infer<typeof HelpRequest>;

/** How the work goes, for the hosts. */
export const StepBoard = z.object({
  workshopId: Id,
  counts: z.array(z.object({ stepId: ClientId, done: z.int().nonnegative(), stuck: z.int().nonnegative() })),
  /** Who waits longest first; at most `limits.helpQueueShown`. */
  queue: z.array(HelpRequest),
  /** Rises with each mark: of two boards the one with more is the newer. */
  moves: z.int().nonnegative(),
});
export type StepBoard = z.infer<typeof StepBoard>;

export const StepsView = z.object({
  list: StepList,
  /** In the order of the steps. */
  mine: z.array(MyMark),
  /** Null for those who do not host. */
  board: StepBoard.nullable(),
});
export type StepsView = z.infer<typeof StepsView>;

/** The whole list as it shall be, and the version it was made from. */
export const SaveSteps = z.strictObject({
  workshopId: Id,
  version: z.int().nonnegative(),
  steps: z.array(Step).max(limits.stepsMax).refine((steps) => new Set(steps.map(({ id }) => id)).size === steps.length, 'each step once'),
});
export type SaveSteps = z.infer<typeof SaveSteps>;

/** The client names the press, so that one that is sent again after a newer one changes nothing. */
export const MarkStep = z.strictObject({
  workshopId: Id,
  stepId: ClientId,
  clientMarkId: ClientId,
  state: MarkState.exclude(['helped']),
  note: z.string().trim().max(limits.stuckNoteLength),
});
export type MarkStep = z.infer<typeof MarkStep>;

export const MarkHelped = z.strictObject({ workshopId: Id, stepId: ClientId, memberId: Id });
export type MarkHelped = z.infer<typeof MarkHelped>;

export const steps = {
  list: defineCall('steps:list', { input: z.strictObject({ workshopId: Id }), output: StepsView, failures: ['workshop.not_found'] }),
  /** Writes the checklist anew, unless another host has changed it since. */
  save: defineCall('steps:save', { input: SaveSteps, output: StepList, failures: ['workshop.not_found', 'steps.changed_since'] }),
  mark: defineCall('steps:mark', { input: MarkStep, output: MyMark, failures: ['workshop.not_found', 'step.not_found'] }),
  /** Takes a member out of the help queue, and tells them so. */
  markHelped: defineCall('steps:markHelped', { input: MarkHelped, output: StepBoard, failures: ['workshop.not_found', 'step.not_found', 'step.wrong_state'] }),
  changed: definePush('steps:changed', StepList),
  /** One's own mark, to all one's connections inside. */
  marked: definePush('steps:marked', z.object({ workshopId: Id, mark: MyMark })),
  /** To the hosts, about once a second while marks come in. */
  counted: definePush('steps:counted', StepBoard, { mayBeDropped: true }),
} as const;
