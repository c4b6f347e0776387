import type { OnStageView } from '../../shared/contracts/live/onStage.js';

/** Takes what was told or answered, as far as it is newer than what is known. Pure. */
export function hear(known: OnStageView, part: Partial<OnStageView>): OnStageView {
  const newer = <T extends { version: number } | null>(before: T, told: T | undefined): T => (told && told.version >= (before?.version ?? 0) ? told : before);
  return { roster: newer(known.roster, part.roster), hands: newer(known.hands, part.hands), own: newer(known.own, part.own) };
}
