import { useState } from 'react';
import type { OnStageView } from '../../shared/contracts/live/onStage.js';
import type { OnStageHold } from './useOnStage.js';

export interface Act {
  error: unknown;
  isBusy: boolean;
  /** Does something and takes what was answered; answers whether it went well. */
  run: (work: () => Promise<Partial<OnStageView>>) => Promise<boolean>;
}

/** One place where acts on the stage are done, and where it is said when one fails. */
export function useAct(hold: OnStageHold): Act {
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const run: Act['run'] = async (work) => {
    setBusy(true);
    try {
      hold.take(await work());
      setError(null);
      return true;
    } catch (failure) {
      setError(failure);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { error, isBusy, run };
}
