/** Stages of a house without a media worker: true to `Stages`, and as plain as a machine that cannot have one. */
import type { Stages } from '../../server/media/stages.js';
import { AppError } from '../../shared/failures.js';

const refuse = (): Promise<never> => Promise.reject(new AppError('media.unavailable'));
/** Nobody has joined a stage here, nor opened a trial. */
const notThere = (): Promise<never> => Promise.reject(new AppError('media.not_found'));
const nothing = (): Promise<void> => Promise.resolve();

export const noVideo: Stages = {
  status: () => ({ state: 'unavailable', reason: 'this house was opened without live video' }),
  describe: () => 'unavailable',
  onStatus() {},
  join: refuse,
  leave: nothing,
  look: notThere,
  probe: notThere,
  connect: notThere,
  present: notThere,
  produce: notThere,
  consume: notThere,
  resume: notThere,
  preferLayers: notThere,
  pauseConsumers: notThere,
  iceServers: () => ({ servers: [], expiresAt: null }),
  pauseTrack: notThere,
  closeTrack: notThere,
  restartIce: notThere,
  endPresenting: nothing,
  pauseTracksOf: nothing,
  trials: { open: refuse, connect: notThere, probe: notThere, resume: notThere, end() {}, findClosedPort: () => Promise.resolve(null) },
  end: nothing,
  announceMove() {},
  moveOut: nothing,
  count: () => 0,
  hasSeat: () => false,
  close: nothing,
};
