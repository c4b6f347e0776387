import type { Media } from '../../../../shared/contracts/live/onStage.js';
import { AppError } from '../../../../shared/failures.js';
import { StageRoster } from '../../../models/onStage/stageRoster.js';

/**
 * Lets pass whoever no host keeps from sending this kind.
 *
 * @throws stage.silenced - a host has to let them first.
 */
export async function refuseSilenced(workshopId: string, memberId: string, kind: Media): Promise<void> {
  if ((await StageRoster.silenced(workshopId, memberId))[kind]) throw new AppError('stage.silenced');
}
