/** Marks on their way: pressed while the connection is gone, they are set once when it is back. */
import { steps } from '../../shared/contracts/live/steps.js';
import { Wishes } from '../api/waiting/wishes.js';

export const marks = new Wishes(steps.mark, { name: 'stepMarks', idOf: ({ workshopId, stepId }) => `${workshopId} ${stepId}`, keepsRefused: false });
