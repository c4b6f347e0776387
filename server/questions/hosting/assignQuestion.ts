import { Types } from 'mongoose';
import type { AssignQuestion, QuestionView } from '../../../shared/contracts/live/questions.js';
import { AppError } from '../../../shared/failures.js';
import { accessWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import { isHostOf } from '../../access/entry/judgeEntry.js';
import type { Deps } from '../../deps.js';
import { Member } from '../../models/member.js';
import type { WorkshopDocument } from '../../models/workshop.js';
import { changeDesk } from './changeDesk.js';

/**
 * Leaves a question to one of those who may host the workshop, or to nobody. Only hosts see it.
 *
 * @throws workshop.not_found | question.not_found
 * @throws member.not_found - there is no such member, or they do not host this workshop.
 */
export async function assignQuestion(deps: Deps, actor: Actor, input: AssignQuestion): Promise<QuestionView> {
  const workshop = await accessWorkshop(actor, input.workshopId, 'host', deps.now());
  if (input.assigneeId !== null && !(await hosts(workshop, input.assigneeId))) throw new AppError('member.not_found');
  return changeDesk(deps, actor, input, { assigneeId: input.assigneeId === null ? null : new Types.ObjectId(input.assigneeId) });
}

async function hosts(workshop: WorkshopDocument, memberId: string): Promise<boolean> {
  const member = await Member.findById(memberId).select({ role: 1 }).lean();
  return member !== null && isHostOf({ id: memberId, role: member.role }, workshop);
}
