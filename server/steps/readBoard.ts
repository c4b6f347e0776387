import { Types } from 'mongoose';
import type { StepBoard } from '../../shared/contracts/live/steps.js';
import { limits } from '../../shared/limits.js';
import { Member } from '../models/member.js';
import { StepList } from '../models/steps/stepList.js';
import { StepMark } from '../models/steps/stepMark.js';

/** How a workshop's work goes: for each step of its list how many are done and stuck, and who waits for help, the longest first. */
export async function readBoard(workshopId: string): Promise<StepBoard> {
  const list = await StepList.findById(workshopId).lean();
  const stepIds = (list?.steps ?? []).map(({ id }) => id);
  // The count first: the queue that is read then is no older than `moves` says.
  const { counts, moves } = await StepMark.count(new Types.ObjectId(workshopId));
  const stuck = await StepMark.find({ workshopId, state: 'stuck', stepId: { $in: stepIds } }).sort({ since: 1, _id: 1 }).limit(limits.helpQueueShown).lean();
  const people = await Member.people(stuck.map(({ memberId }) => String(memberId)));
  const countOf = (stepId: string, state: string): number => counts.find((one) => one.stepId === stepId && one.state === state)?.count ?? 0;
  return {
    workshopId,
    counts: stepIds.map((stepId) => ({ stepId, done: countOf(stepId, 'done'), stuck: countOf(stepId, 'stuck') })),
    queue: stuck.flatMap(({ stepId, memberId, note, since, version }) => {
      const person = people.get(String(memberId));
      return person ? [{ stepId, person, note, since: since.toISOString(), version }] : [];
    }),
    moves,
  };
}
