/** Rate limits, shared by all nodes where there is a Redis. */
import type { Limit } from '../../shared/contracts/define.js';

export interface Limits {
  /**
   * Spends one point of `who`'s allowance for `what`.
   *
   * @throws limits.too_many - none is left; `retryAt` says when there will be.
   */
  spend(what: string, who: string, limit: Limit): Promise<void>;
}
