import { questions, type QueueSettings, type SetQueue } from '../../../shared/contracts/live/questions.js';
import { accessWorkshop } from '../../access/accessWorkshop.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { QuestionQueue } from '../../models/questions/questionQueue.js';
import { workshopChannel } from '../../realtime/channels.js';

/**
 * Settles how a workshop's questions are taken from now on. What waits goes on waiting.
 *
 * @throws workshop.not_found - absent, or not this actor's to host.
 */
export async function setQueue(deps: Deps, actor: Actor, { workshopId, ...settings }: SetQueue): Promise<QueueSettings> {
  await accessWorkshop(actor, workshopId, 'host', deps.now());
  const rev = await QuestionQueue.settle(workshopId, settings);
  deps.publish(workshopChannel(workshopId), questions.queueChanged, { workshopId, rev, settings });
  return settings;
}
