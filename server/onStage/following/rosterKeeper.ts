/** Keeps rosters true to who is there: looks at one when told to, and at all again and again, for a node may die with the news. */
import type { Ground } from '../../ground.js';
import { StageRoster } from '../../models/onStage/stageRoster.js';
import { welcomeHost } from '../../models/onStage/rosterChanges.js';
import { tellRoster } from '../tellRoster.js';
import { settleRoster } from './settleRoster.js';

export interface RosterKeeper {
  /** Somebody left, or the workshop moved on: its roster is looked at soon. */
  look(workshopId: string): void;
  /** Puts a host on the roster who has come on stage; the first one leads, before an organizer whoever the workshop names. */
  hostCame(workshopId: string, memberId: string): Promise<void>;
  /** Looks at the rosters of all workshops that are not over. */
  lookAtAll(): Promise<void>;
  /** Waits for what is under way, and looks no more. */
  close(): Promise<void>;
}

export function createRosterKeeper(deps: Pick<Ground, 'now' | 'publish' | 'judgeAgain' | 'log'>): RosterKeeper {
  /** By workshop: the look that is under way, and whether another must follow it. */
  const looking = new Map<string, { work: Promise<void>; again: boolean }>();
  let isClosed = false;

  async function lookOnce(workshopId: string): Promise<void> {
    try {
      await settleRoster(deps, workshopId);
    } catch (error) {
      deps.log.error({ err: error, workshopId }, 'a roster could not be settled; it is looked at again');
    }
    const again = looking.get(workshopId)?.again ?? false;
    looking.delete(workshopId);
    if (again) look(workshopId);
  }

  function look(workshopId: string): void {
    const under = looking.get(workshopId);
    if (under) under.again = true;
    else if (!isClosed) looking.set(workshopId, { work: Promise.resolve().then(() => lookOnce(workshopId)), again: false });
  }

  return {
    look,
    async hostCame(workshopId, memberId) {
      const changed = await welcomeHost(workshopId, memberId, deps.now());
      if (changed) await tellRoster(deps, changed, { roster: true, hands: true });
      await settleRoster(deps, workshopId);
    },
    async lookAtAll() {
      for (const workshopId of await StageRoster.idsToFollow()) await settleRoster(deps, workshopId);
    },
    async close() {
      isClosed = true;
      while (looking.size > 0) await Promise.all([...looking.values()].map(({ work }) => work));
    },
  };
}
