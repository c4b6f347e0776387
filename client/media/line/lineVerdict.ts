/** What a measured line is good for, in three plain words: a pure reading. */

/** What a few seconds of the probe have shown. */
export interface LineMeasure {
  /** There and back, in milliseconds; null where the browser does not say. */
  rttMs: number | null;
  /** Share of packets lost, 0 to 1. */
  loss: number;
  /** What arrived, in kilobits per second; the probe sends 1200. */
  kbit: number;
  /** How the media goes: straight, over TCP because UDP is closed, or by a relay. */
  road: 'udp' | 'tcp' | 'relay';
}

/** `video`: everything works. `audio`: the sound will, the picture may not. `none`: nothing arrives. */
export type LineVerdict = 'video' | 'audio' | 'none';

/** Below these a picture stutters: the middle layer of a camera needs 500 kbit/s and its sound, and repairs stop helping at 5 % loss and half a second. */
const forVideo = { kbit: 700, loss: 0.05, rttMs: 500 };
/** Speech is understood down to these. */
const forAudio = { kbit: 32, loss: 0.3 };

/** @param measure null where nothing could be connected. */
export function verdictOnLine(measure: LineMeasure | null): LineVerdict {
  if (!measure || measure.kbit < forAudio.kbit || measure.loss > forAudio.loss) return 'none';
  return measure.kbit >= forVideo.kbit && measure.loss <= forVideo.loss && (measure.rttMs ?? 0) <= forVideo.rttMs ? 'video' : 'audio';
}
