/** What verbs need from outside, and nothing more. `createDeps.ts` puts it together. */
import type { Ground } from './ground.js';
import type { Stages } from './media/stages.js';
import type { AskStripe } from './platform/askStripe.js';
import type { Kept } from './models/asking/keepBriefly.js';
import type { RoomDocument } from './models/room.js';
import type { AudienceNews } from './audience/audienceNews.js';
import type { RosterKeeper } from './onStage/following/rosterKeeper.js';
import type { HereNews } from './chat/hereNews.js';
import type { PollNews } from './polls/pollNews.js';
import type { QueueNews } from './questions/queueNews.js';
import type { Bells } from './reading/bells/bells.js';
import type { Tails } from './reading/counting/tails.js';
import type { StepNews } from './steps/stepNews.js';
import type { ChangeLog, Timeline } from './chat/timeline/timeline.js';

/** The ground the house stands on, and what it keeps and tells for all of its verbs. */
export interface Deps extends Ground {
  timeline: Timeline;
  changes: ChangeLog;
  here: HereNews;
  /** Rooms as they were read a moment ago, for what is asked of them again and again. Every node forgets a room that changes. */
  rooms: Kept<RoomDocument | null>;
  pollNews: PollNews;
  stepNews: StepNews;
  queueNews: QueueNews;
  audience: AudienceNews;
  tails: Tails;
  bells: Bells;
  askStripe: AskStripe;
  stages: Stages;
  rosters: RosterKeeper;
}
