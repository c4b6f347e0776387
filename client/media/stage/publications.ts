/** What this browser itself puts on stage. It outlives a rebuilt stage: each track is sent again over the next link. */
import { isFailure } from '../../api/problems.js';
import type { TrackSource } from '../../../shared/contracts/live/stage.js';
import type { StageLink } from './stageLink.js';
import type { Publication } from './stageState.js';

export interface PublicationEvents {
  changed: () => void;
  /** A call of the link failed; the caller judges whether to join again. */
  failed: (error: unknown) => void;
}

export class Publications {
  readonly #own = new Map<TrackSource, Publication>();
  #link: StageLink | null = null;

  constructor(private readonly events: PublicationEvents) {}

  list(): Publication[] {
    return [...this.#own.values()];
  }

  /** Another link carries from now on, or (null) none does. */
  carryOver(link: StageLink | null): void {
    this.#link = link;
    if (link) for (const source of this.#own.keys()) void this.#send(link, source);
  }

  /** Puts a track on stage, at once or as soon as there is a link. A failure is told in the publication. */
  async publish(source: TrackSource, media: MediaStreamTrack, paused: boolean): Promise<void> {
    const before = this.#own.get(source);
    if (before && before.media !== media) before.media.stop();
    if (before?.state === 'sending' && this.#link) {
      this.#put({ ...before, media });
      await this.#link.sender.replace(source, media);
      return;
    }
    // The browser's own button ends a screen. A camera or microphone that ends was unplugged: another is looked for elsewhere.
    if (source === 'screen' || source === 'screenAudio') {
      media.addEventListener('ended', () => {
        if (this.#own.get(source)?.media === media) void this.unpublish(source);
      });
    }
    this.#put({ state: 'starting', source, media, paused });
    if (this.#link) await this.#send(this.#link, source);
  }

  /** Takes a track off the stage and lets its device go. */
  async unpublish(source: TrackSource): Promise<void> {
    this.#own.get(source)?.media.stop();
    this.#own.delete(source);
    this.events.changed();
    await this.#link?.stop(source).catch(this.events.failed);
  }

  async setPaused(source: TrackSource, paused: boolean): Promise<void> {
    const publication = this.#own.get(source);
    if (!publication) return;
    this.#put({ ...publication, paused });
    await this.#link?.sender.setPaused(source, paused).catch((error: unknown) => {
      if (!isFailure(error, 'stage.silenced')) return this.events.failed(error);
      // A host was quicker, and said so: it stays closed, here too.
      return this.setPaused(source, true);
    });
  }

  /** Lets every device go. */
  stopAll(): void {
    for (const { media } of this.#own.values()) media.stop();
    this.#own.clear();
  }

  async #send(link: StageLink, source: TrackSource): Promise<void> {
    const publication = this.#own.get(source);
    if (!publication || !link.mayPresent) return;
    const { media, paused } = publication;
    const still = () => link === this.#link && this.#own.get(source)?.media === media;
    try {
      this.#own.set(source, { state: 'starting', source, media, paused });
      const trackId = await link.produce(source, media);
      if (!still()) {
        await link.stop(source).catch(() => undefined);
        return;
      }
      const isPaused = this.#own.get(source)?.paused ?? false;
      this.#put({ state: 'sending', source, media, paused: isPaused, trackId });
      if (isPaused) await link.sender.setPaused(source, true);
    } catch (error) {
      if (!still()) return;
      // A host was quicker, and said so: no camera stays on for nobody.
      if (media.kind === 'video' && isFailure(error, 'stage.silenced')) await this.unpublish(source);
      else this.#put({ state: 'failed', source, media, paused, error });
    }
  }

  #put(publication: Publication): void {
    this.#own.set(publication.source, publication);
    this.events.changed();
  }
}
