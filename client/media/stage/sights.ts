/** Which pictures stand on the screen, and how large: reported by whoever shows them, read by whoever asks the stage for them. */
import type { Sight } from './viewing.js';

/** One track may be shown in several places; the largest counts. */
export class Sights {
  readonly #places = new Map<string, Map<symbol, Sight>>();
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Null where the track is nowhere on the screen. */
  of(trackId: string): Sight | null {
    let largest: Sight | null = null;
    for (const sight of this.#places.get(trackId)?.values() ?? []) if (!largest || sight.height > largest.height) largest = sight;
    return largest;
  }

  /** A place shows a track; the place may report as often as it likes, and null when it is out of sight. */
  readonly open = (trackId: string): { report: (sight: Sight | null) => void; close: () => void } => {
    const place = Symbol(trackId);
    const put = (sight: Sight | null): void => {
      const places = this.#places.get(trackId) ?? new Map<symbol, Sight>();
      if (sight) places.set(place, sight);
      else places.delete(place);
      if (places.size > 0) this.#places.set(trackId, places);
      else this.#places.delete(trackId);
      this.#onChange();
    };
    return { report: put, close: () => put(null) };
  };
}
