/**
 * People at a stage in a process of their own, so that what decoding costs does not distort what is measured. Asked over
 * the process's own line: `{ id, ask, … }` is answered by `{ id, answer }`.
 */
import { stage } from '../../../shared/contracts/live/stage.js';
import { AppError } from '../../../shared/failures.js';
import { joinAsPeer, type Peer, type PeerDoor } from '../../support/peer.js';
import { Line } from '../load/line.js';

export type Question =
  /** Connects one person for each token; answers nothing. */
  | { ask: 'connect'; url: string; tokens: string[]; workshopId: string }
  /** The first person goes on stage with a camera. */
  | { ask: 'publish' }
  /** Requests for a keyframe that have reached the camera so far, and the bytes it has sent. */
  | { ask: 'sent' }
  /** These people join (after leaving, where they had); answers how each came to their first frame. */
  | { ask: 'join'; people: number[] }
  | { ask: 'leave'; people: number[] }
  /** Answers, once the stage was rebuilt and everybody here sees it again, when the last one did (Unix time in ms). */
  | { ask: 'recover' };

/** Milliseconds from the call that joins: to its answer, to the transport's being connected, to the first decoded frame. */
export interface Arrival {
  answered: number;
  connected: number;
  frame: number;
}

/** What a camera has sent; `requestedAt` has an entry for each request for a keyframe: when it was noticed (Unix time in ms). */
export interface Sent {
  requestedAt: number[];
  bytes: number;
}

/** How often requests are looked for. Milliseconds. */
const lookEveryMs = 50;
/** Browsers spread their return over this; so do these. Milliseconds. */
const resetSpreadMs = 1_000;
const retryMs = 100;

class Person {
  #peer: Peer | null = null;
  #isHost = false;
  #newTrack: ((trackId: string) => void) | null = null;
  #reset: (() => void) | null = null;
  #requestedAt: number[] = [];

  private constructor(private readonly line: Line, private readonly workshopId: string) {}

  static async open(url: string, token: string, workshopId: string): Promise<Person> {
    const line: Line = await Line.open(url, token, (packet) => person.#hear(packet.toString()));
    const person = new Person(line, workshopId);
    return person;
  }

  async publish(): Promise<void> {
    this.#isHost = true;
    const peer = await this.#join();
    await peer.publish('camera', { picture: { width: 320, height: 180, isBusy: true }, maxBitrate: 400_000 });
    void this.#noteRequests(peer);
  }

  async sent(): Promise<Sent> {
    let bytes = 0;
    (await this.#peer?.send?.getStats())?.forEach((row: { type: string; bytesSent?: number }) => (bytes += row.type === 'outbound-rtp' ? (row.bytesSent ?? 0) : 0));
    return { requestedAt: this.#requestedAt, bytes };
  }

  async see(): Promise<Arrival> {
    const startedAt = performance.now();
    const since = (): number => performance.now() - startedAt;
    const told = new Promise<string>((resolve) => {
      this.#newTrack = resolve;
    });
    const peer = await this.#join();
    const arrival: Arrival = { answered: since(), connected: 0, frame: 0 };
    peer.receive.on('connectionstatechange', (state) => {
      if (state === 'connected' && arrival.connected === 0) arrival.connected = since();
    });
    const trackId = peer.view.tracks[0]?.id ?? (await told);
    const watched = await peer.watch(trackId);
    await watched.moreFrames(1);
    arrival.frame = since();
    watched.lookAway();
    return arrival;
  }

  async leave(): Promise<void> {
    this.#peer?.close();
    this.#peer = null;
    await this.line.ask(stage.leave.name, { workshopId: this.workshopId });
  }

  /** Waits until the stage is rebuilt, and comes back to it. */
  async recover(): Promise<number> {
    await new Promise<void>((resolve) => {
      this.#reset = resolve;
    });
    await later(Math.random() * resetSpreadMs);
    await (this.#isHost ? this.publish() : this.see());
    return Date.now();
  }

  /** Until the camera is off. */
  async #noteRequests(peer: Peer): Promise<void> {
    for (let noticed = 0; peer === this.#peer; await later(lookEveryMs)) {
      for (const requests = await peer.keyframeRequests(); noticed < requests; noticed += 1) this.#requestedAt.push(Date.now());
    }
  }

  async #join(): Promise<Peer> {
    this.#peer?.close();
    this.#peer = null;
    for (;;) {
      try {
        this.#peer = await joinAsPeer(this.#door(), { workshopId: this.workshopId });
        return this.#peer;
      } catch (error) {
        if (!(error instanceof AppError) || !['media.preparing', 'server.busy', 'media.not_found'].includes(error.code)) throw error;
        await later(retryMs);
      }
    }
  }

  #hear(packet: string): void {
    const [name, data] = JSON.parse(packet.replace(/^\d*/, '')) as [string, { track?: { id: string } }];
    if (name === stage.trackAdded.name && data.track) this.#newTrack?.(data.track.id);
    if (name === stage.reset.name) this.#reset?.();
  }

  #door(): PeerDoor {
    const ask = async (name: string, input: object): Promise<never> => {
      const reply = (await this.line.ask(name, input)) as { ok: true; data: never } | { ok: false; failure: { code: 'server.busy' } };
      if (reply.ok) return reply.data;
      throw Object.assign(new AppError('server.busy'), reply.failure);
    };
    return {
      join: (workshopId) => ask(stage.join.name, { workshopId }),
      connect: (_connectionId, input) => ask(stage.connect.name, input),
      produce: (_connectionId, input) => ask(stage.produce.name, input),
      consume: (_connectionId, input) => ask(stage.consume.name, input),
      resume: (_connectionId, input) => ask(stage.resume.name, input),
    };
  }
}

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let people: Person[] = [];

function chosen(places: readonly number[]): Person[] {
  return places.flatMap((place) => people[place] ?? []);
}

async function answer(question: Question): Promise<unknown> {
  switch (question.ask) {
    case 'connect':
      people = await Promise.all(question.tokens.map((token) => Person.open(question.url, token, question.workshopId)));
      return null;
    case 'publish':
      return people[0]?.publish();
    case 'sent':
      return people[0]?.sent();
    case 'join':
      return Promise.all(chosen(question.people).map((person) => person.see()));
    case 'leave':
      return Promise.all(chosen(question.people).map((person) => person.leave()));
    case 'recover':
      return Math.max(...(await Promise.all(people.map((person) => person.recover()))));
  }
}

process.on('message', (message: Question & { id: number }) => {
  answer(message).then(
    (answered) => process.send?.({ id: message.id, answer: answered ?? null }),
    (error: unknown) => process.send?.({ id: message.id, error: String(error) }),
  );
});
process.once('disconnect', () => process.exit());
