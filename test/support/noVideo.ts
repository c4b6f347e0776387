/** Stages of a house without a media worker: true to `Stages`, and as plain as a machine that cannot have one. */
import type { Stages } from '../../server/media/stages.js';
import { AppError } from '../../shared/failures.js';

const refuse = (): Promise<never> => Promise.reject(new AppError('media.unavailable'));
const nothing = (): Promise<void> => Promise.resolve();

export const noVideo: Stages = {
  status: () => ({ state: 'unavailable', reason: 'this house was opened without live video' }),
  describe: () => 'unavailable',
  onStatus() {},
  join: refuse,
  leave: nothing,
  look: refuse,
  probe: refuse,
  connect: refuse,
  present: refuse,
  produce: refuse,
  consume: refuse,
  resume: refuse,
  preferLayers: refuse,
  pauseConsumers: refuse,
  iceServers: () => ({ servers: [], expiresAt: null }),
  pauseTrack: refuse,
  closeTrack: refuse,
  restartIce: refuse,
  endPresenting: nothing,
  pauseTracksOf: nothing,
  trials: { open: refuse, connect: refuse, probe: refuse, resume: refuse, end() {}, findClosedPort: () => Promise.resolve(null) },
  end: nothing,
  announceMove() {},
  moveOut: nothing,
  count: () => 0,
  hasSeat: () => false,
  close: nothing,
};
