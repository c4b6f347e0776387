/** How the house tells hosts of the work: the whole board, about once a second while marks come in. */
import { steps } from '../../shared/contracts/live/steps.js';
import type { Ground } from '../ground.js';
import { StepMark } from '../models/steps/stepMark.js';
import { hostsChannel } from '../realtime/channels.js';
import { readBoard } from './readBoard.js';

export interface StepNews {
  /** A mark, or the list itself, has changed: the board is told soon. */
  moved(workshopId: string): void;
  /** Tells of marks that a node has stored and then was killed before it told them. Every node looks; telling twice is harmless. */
  repair(): Promise<void>;
}

/** How many changes of a workshop's marks the last board told counted, whichever node told it. */
interface Told {
  workshopId: string;
  moves: number;
}

/** Marks that are older than this have been told, or nobody holds what was before. */
const lookBackMs = 60_000;

export function createStepNews({ publish, bus, soon, now }: Pick<Ground, 'publish' | 'bus' | 'soon' | 'now'>): StepNews {
  let told = new Map<string, number>();
  bus.subscribe('steps', (news) => {
    const { workshopId, moves } = news as Told;
    told.set(workshopId, Math.max(moves, told.get(workshopId) ?? 0));
  });
  const tellBoard = async (workshopId: string): Promise<void> => {
    const board = await readBoard(workshopId);
    publish(hostsChannel(workshopId), steps.counted, board);
    bus.publish('steps', { workshopId, moves: board.moves } satisfies Told);
  };
  const moved: StepNews['moved'] = (workshopId) => soon.tell(`steps ${workshopId}`, () => tellBoard(workshopId));

  return {
    moved,
    async repair() {
      const recent = await StepMark.distinct('workshopId', { changedAt: { $gte: new Date(now().getTime() - lookBackMs) } });
      for (const workshopId of recent) {
        const { moves } = await StepMark.count(workshopId);
        if (moves > (told.get(String(workshopId)) ?? 0)) moved(String(workshopId));
      }
      const ids = new Set(recent.map(String));
      told = new Map([...told].filter(([workshopId]) => ids.has(workshopId)));
    },
  };
}
