/**
 * Which layers of each picture anybody receives, so that its sender need not send the others. What somebody begins to
 * receive is asked for at once; what nobody does any more is given up after a while, for the next one may come soon.
 */

/** Tells what is needed of a track now: its highest spatial layer, or null when nobody receives any. */
export type TellNeeded = (trackId: string, topLayer: number | null) => void;

interface Wanted {
  /** By whoever receives it; null for who has it paused. */
  by: Map<string, number | null>;
  /** What was told last; at first all layers are sent. */
  told: number | null;
  lowering: NodeJS.Timeout | null;
}

export class LayerDemand {
  readonly #wanted = new Map<string, Wanted>();

  /** @param settleMs - how long less must be needed before less is asked for. */
  constructor(private readonly tell: TellNeeded, private readonly settleMs: number) {}

  /** A track is there, in all its layers. */
  add(trackId: string): void {
    if (this.#wanted.has(trackId)) return;
    const wanted: Wanted = { by: new Map(), told: Infinity, lowering: null };
    this.#wanted.set(trackId, wanted);
    this.#judge(trackId, wanted);
  }

  /** The track is gone. */
  remove(trackId: string): void {
    clearTimeout(this.#wanted.get(trackId)?.lowering ?? undefined);
    this.#wanted.delete(trackId);
  }

  /** Somebody receives a track up to this layer, or (null) has it and receives nothing of it now. */
  want(trackId: string, who: string, topLayer: number | null): void {
    const wanted = this.#wanted.get(trackId);
    if (!wanted) return;
    wanted.by.set(who, topLayer);
    this.#judge(trackId, wanted);
  }

  /** Somebody does not have a track any more. */
  forget(trackId: string, who: string): void {
    const wanted = this.#wanted.get(trackId);
    if (wanted?.by.delete(who)) this.#judge(trackId, wanted);
  }

  /** Tells once more what was told last, where the track is still there. */
  tellAgain(trackId: string): void {
    const told = this.#wanted.get(trackId)?.told;
    if (told !== undefined && told !== Infinity) this.tell(trackId, told);
  }

  close(): void {
    for (const trackId of this.#wanted.keys()) this.remove(trackId);
  }

  #judge(trackId: string, wanted: Wanted): void {
    const needed = highest(wanted.by.values());
    if (rank(needed) < rank(wanted.told)) {
      wanted.lowering ??= setTimeout(() => this.#say(trackId, wanted), this.settleMs).unref();
      return;
    }
    clearTimeout(wanted.lowering ?? undefined);
    wanted.lowering = null;
    if (needed !== wanted.told) this.#say(trackId, wanted);
  }

  #say(trackId: string, wanted: Wanted): void {
    wanted.lowering = null;
    wanted.told = highest(wanted.by.values());
    this.tell(trackId, wanted.told);
  }
}

const rank = (layer: number | null): number => layer ?? -1;

function highest(layers: Iterable<number | null>): number | null {
  let top: number | null = null;
  for (const layer of layers) if (rank(layer) > rank(top)) top = layer;
  return top;
}
