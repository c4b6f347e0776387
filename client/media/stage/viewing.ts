/** What of each track one asks the stage for, by the size its picture has on the screen: a pure reading. */
import type { TrackSource } from '../../../shared/contracts/live/stage.js';

/** How one watches: all that is worth sending, as little as still helps, or sound alone. */
export type Watching = 'everything' | 'saver' | 'audio';

/** The picture of a track on the screen, in pixels of the device. */
export interface Sight {
  width: number;
  height: number;
}

/** What one receives of a track. Layers count up from 0; the camera has three of each kind, a screen one spatial and three temporal. */
export type Want = { state: 'paused' } | { state: 'flowing'; spatialLayer: number; temporalLayer: number };

export interface Viewpoint {
  watching: Watching;
  /** The page can be seen, or its picture floats above other windows. */
  isVisible: boolean;
}

/** How tall the camera's layers are, in pixels: a quarter and a half of 720, see `encodings.ts`. The third has no bound. */
const layerHeights = [180, 360];
/** A picture that grows must outgrow its layer by so much before the next is asked for, and shrink by so much before it is given up. */
const growth = 1.15;
const shrinkage = 0.85;
const topTemporalLayer = 2;

/** @param source of a picture: sound is always wanted. @param sight null where the picture is not on the screen. */
export function wantOf(source: TrackSource, sight: Sight | null, { watching, isVisible }: Viewpoint, before: Want | null): Want {
  if (watching === 'audio' || !isVisible || !sight) return { state: 'paused' };
  if (source === 'screen') return { state: 'flowing', spatialLayer: 0, temporalLayer: watching === 'saver' ? 0 : topTemporalLayer };
  if (watching === 'saver') return { state: 'flowing', spatialLayer: 0, temporalLayer: topTemporalLayer };
  return { state: 'flowing', spatialLayer: layerFor(sight, before?.state === 'flowing' ? before.spatialLayer : null), temporalLayer: topTemporalLayer };
}

/** Whether a want asks for less than another: such a step can wait, for the picture may grow again. */
export function isLess(want: Want, than: Want): boolean {
  if (than.state === 'paused') return false;
  return want.state === 'paused' || want.spatialLayer < than.spatialLayer || (want.spatialLayer === than.spatialLayer && want.temporalLayer < than.temporalLayer);
}

export function isSame(one: Want | undefined, other: Want): boolean {
  if (!one || one.state !== other.state) return false;
  return one.state === 'paused' || other.state === 'paused' || (one.spatialLayer === other.spatialLayer && one.temporalLayer === other.temporalLayer);
}

function layerFor({ width, height }: Sight, before: number | null): number {
  const tall = Math.max(height, (width * 9) / 16);
  const fitting = (factor: number) => {
    const layer = layerHeights.findIndex((layerHeight) => tall <= layerHeight * factor);
    return layer === -1 ? layerHeights.length : layer;
  };
  if (before === null) return fitting(1);
  const [least, most] = [fitting(growth), fitting(shrinkage)];
  return Math.min(Math.max(before, least), most);
}
