/** Who speaks: of those whose microphones are on, the dominant one, as long as there is anything to be heard at all. */
import type { ActiveSpeakerObserver, AudioLevelObserver, Router } from 'mediasoup/types';

/** How often the worker compares microphones, in milliseconds. */
const speakerMs = 300;
/** So long nobody must be heard before nobody speaks, in milliseconds: pauses between sentences are shorter. */
const silenceMs = 1_500;
/** What is softer than this is a room, not a voice. Decibels below the loudest there is. */
const voiceDb = -55;

export class SpeakerWatch {
  /** The one whom mediasoup takes for the speaker; a single microphone is it even in silence. */
  #dominant: string | null = null;
  #loudest: string | null = null;
  #told: string | null = null;

  private constructor(private readonly speakers: ActiveSpeakerObserver, private readonly levels: AudioLevelObserver, private readonly onChange: (trackId: string | null) => void) {
    speakers.on('dominantspeaker', ({ producer }) => {
      this.#dominant = producer.id;
      this.#judge();
    });
    levels.on('volumes', ([loudest]) => {
      this.#loudest = loudest?.producer.id ?? null;
      this.#judge();
    });
    levels.on('silence', () => {
      this.#loudest = null;
      this.#judge();
    });
  }

  /** Watches over a router, and ends with it. */
  static async open(router: Router, onChange: (trackId: string | null) => void): Promise<SpeakerWatch> {
    const speakers = await router.createActiveSpeakerObserver({ interval: speakerMs });
    const levels = await router.createAudioLevelObserver({ maxEntries: 1, threshold: voiceDb, interval: silenceMs });
    return new SpeakerWatch(speakers, levels, onChange);
  }

  /** The track of who speaks now. */
  get speakingTrackId(): string | null {
    return this.#told;
  }

  /** A microphone is on stage. */
  add(producerId: string): void {
    // Taken off the stage meanwhile, or the worker died: there is nothing to hear.
    for (const observer of [this.speakers, this.levels]) observer.addProducer({ producerId }).catch(() => {});
  }

  /** A microphone was switched off, or is gone. */
  quiet(producerId: string): void {
    if (this.#dominant === producerId) this.#dominant = null;
    if (this.#loudest === producerId) this.#loudest = null;
    this.#judge();
  }

  #judge(): void {
    const speaking = this.#loudest && (this.#dominant ?? this.#loudest);
    if (speaking === this.#told) return;
    this.#told = speaking;
    this.onChange(speaking);
  }
}
