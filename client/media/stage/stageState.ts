/** The states of the stage as this browser stands to it, each with exactly the fields it has. */
import type { TrackSource, TrackView } from '../../../shared/contracts/live/stage.js';
import { AppError } from '../../../shared/failures.js';

/** A track on stage; `media` is null until it is being received, and for one's own tracks. */
export interface StageTrack {
  view: TrackView;
  media: MediaStreamTrack | null;
}

/** How the road for media stands: being built, carrying, or being mended after a break. */
export type Road = 'connecting' | 'connected' | 'mending';

export type StageState =
  /** Nobody has asked to be on the stage yet: it is not open, or the page is not there. */
  | { phase: 'off' }
  | { phase: 'joining' }
  /** The server's live video is not ready; joining goes on by itself. */
  | { phase: 'preparing' }
  | { phase: 'unavailable' }
  /** This browser cannot take part in WebRTC. */
  | { phase: 'unsupported' }
  /** Joining failed, or the road was lost; it is being tried again. */
  | { phase: 'retrying' }
  /** The right to be here is not (or no longer) there. */
  | { phase: 'refused' }
  | { phase: 'on'; epoch: number; mayPresent: boolean; road: Road; tracks: readonly StageTrack[]; speakingTrackId: string | null };

/** What this browser itself puts on stage. It outlives a rebuilt stage: each is sent again by itself. */
export type Publication =
  | { state: 'starting'; source: TrackSource; media: MediaStreamTrack; paused: boolean }
  | { state: 'sending'; source: TrackSource; media: MediaStreamTrack; paused: boolean; trackId: string }
  | { state: 'failed'; source: TrackSource; media: MediaStreamTrack; paused: boolean; error: unknown };

/** Everything a page may show of the stage. A new object at each change. */
export interface StageSnapshot {
  stage: StageState;
  own: readonly Publication[];
}

/**
 * WebRTC's own counters of both directions; `changes` rises when something else is received than before, which is no fault of
 * the line. `screens` are the received tracks (by the ids WebRTC knows them by) that rest while nothing on them moves.
 */
export interface StageStats {
  changes: number;
  screens: ReadonlySet<string>;
  receive: RTCStatsReport;
  send: RTCStatsReport | null;
}

/** Where a failed joining leads. */
export function phaseAfter(error: unknown): Exclude<StageState['phase'], 'on' | 'joining'> {
  if (error instanceof Error && error.name === 'UnsupportedError') return 'unsupported';
  switch (error instanceof AppError ? error.code : null) {
    case 'workshop.not_found':
      return 'refused';
    case 'media.preparing':
      return 'preparing';
    case 'media.unavailable':
      return 'unavailable';
    case 'workshop.wrong_state':
      return 'off';
    default:
      return 'retrying';
  }
}
