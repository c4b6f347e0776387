/** Marks on their way: pressed while the connection is gone, they are set once when it is back. */
import { steps } from '../../shared/contracts/live/steps.js';
import { Intents } from '../api/intents.js';

export const marks = new Intents('marks', steps.mark, ({ workshopId, stepId }) => `${workshopId} ${stepId}`);
