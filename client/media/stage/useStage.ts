/** The stage, for components. */
import { useSyncExternalStore } from 'react';
import type { StageClient } from './stageClient.js';
import type { StageSnapshot } from './stageState.js';

/** The stage as it stands; renders again when it changes. Joining and leaving is the live session's. */
export function useStage(stage: StageClient): StageSnapshot {
  return useSyncExternalStore(stage.subscribe, stage.snapshot);
}
