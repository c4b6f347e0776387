/** The pipes from a stage to other nodes: one for each node that has viewers of it, and in it each track that they watch. */
import type { Consumer, PipeTransport } from 'mediasoup/types';
import { AppError } from '../../../shared/failures.js';
import type { LayerDemand } from '../stage/layerDemand.js';
import { connectPipeEnd, openPipeEnd, viewPipeEnd, type PipeListen } from './nodePipe.js';
import type { PipedTrack, PipeEnd, PipeNews } from './pipeForms.js';
import type { Plane } from './plane.js';

interface NearPipe {
  pipeId: string;
  transport: PipeTransport;
  /** By track. */
  consumers: Map<string, Consumer>;
  /** When its node last said that the pipe is still in use. Milliseconds. */
  seenAt: number;
}

/** What is told to the node at the far end. */
export type PipeChange = Pick<PipeNews, 'pipeId' | 'trackId' | 'change'>;

export class NearPipes {
  readonly #pipes = new Map<string, NearPipe>();

  constructor(private readonly source: Plane, private readonly demand: LayerDemand, private readonly listen: PipeListen, private readonly tell: (nodeId: string, change: PipeChange) => void, private readonly now: () => Date) {}

  get size(): number {
    return this.#pipes.size;
  }

  /** Opens the pipe to a node, in place of one that was there. Answers this end of it. */
  async open(nodeId: string, pipeId: string, far: PipeEnd): Promise<PipeEnd> {
    const transport = await openPipeEnd(this.source.router, this.listen);
    try {
      await connectPipeEnd(transport, far);
    } catch (error) {
      transport.close();
      throw error;
    }
    this.#pipes.get(nodeId)?.transport.close();
    this.#pipes.set(nodeId, { pipeId, transport, consumers: new Map(), seenAt: this.now().getTime() });
    return viewPipeEnd(transport);
  }

  /**
   * Sends a track through a pipe.
   *
   * @throws media.not_found - there is no such track, or no such pipe any more.
   */
  async send(nodeId: string, pipeId: string, trackId: string): Promise<PipedTrack> {
    const pipe = this.#find(nodeId, pipeId);
    if (!pipe) throw new AppError('media.not_found');
    pipe.consumers.get(trackId)?.close();
    const consumer = await pipe.transport.consume({ producerId: trackId }).catch(() => {
      throw new AppError('media.not_found');
    });
    pipe.consumers.set(trackId, consumer);
    this.#follow(nodeId, pipe, trackId, consumer);
    // All layers, until the far end has told what is received there.
    this.demand.want(trackId, viewerOf(pipeId), (consumer.rtpParameters.encodings?.length ?? 1) - 1);
    return { kind: consumer.kind, rtpParameters: consumer.rtpParameters, paused: consumer.producerPaused };
  }

  /** Hears which layers of a track are received at the far end. */
  need(nodeId: string, pipeId: string, trackId: string, topLayer: number | null): void {
    if (this.#find(nodeId, pipeId)?.consumers.has(trackId)) this.demand.want(trackId, viewerOf(pipeId), topLayer);
  }

  /** Nobody at the far end watches a track any more. */
  stop(nodeId: string, pipeId: string, trackId: string): void {
    const pipe = this.#find(nodeId, pipeId);
    pipe?.consumers.get(trackId)?.close();
    pipe?.consumers.delete(trackId);
  }

  /** Nobody at the far end watches anything any more. */
  close(nodeId: string, pipeId: string): void {
    const pipe = this.#find(nodeId, pipeId);
    if (!pipe) return;
    this.#pipes.delete(nodeId);
    pipe.transport.close();
  }

  /** Hears from a node that its pipe is still in use. Answers whether it stands here too. */
  keep(nodeId: string, pipeId: string): boolean {
    const pipe = this.#find(nodeId, pipeId);
    if (pipe) pipe.seenAt = this.now().getTime();
    return pipe !== null;
  }

  /** Lets go of pipes to nodes that were not heard of since `since`. */
  sweep(since: number): void {
    for (const [nodeId, { pipeId, seenAt }] of this.#pipes) if (seenAt < since) this.close(nodeId, pipeId);
  }

  /** Counts all as heard of now. */
  excuse(): void {
    for (const pipe of this.#pipes.values()) pipe.seenAt = this.now().getTime();
  }

  /** The stage is closed: tells all that watch it. */
  closeAll(): void {
    for (const [nodeId, { pipeId }] of this.#pipes) {
      this.close(nodeId, pipeId);
      this.tell(nodeId, { pipeId, trackId: null, change: 'closed' });
    }
  }

  #follow(nodeId: string, pipe: NearPipe, trackId: string, consumer: Consumer): void {
    const { pipeId } = pipe;
    const say = (change: PipeNews['change']) => (): void => {
      if (pipe.consumers.get(trackId) === consumer) this.tell(nodeId, { pipeId, trackId, change });
    };
    consumer.on('producerpause', say('paused'));
    consumer.on('producerresume', say('resumed'));
    consumer.on('producerclose', say('closed'));
    consumer.observer.once('close', () => {
      // Another one may have taken its place.
      if (pipe.consumers.has(trackId) && pipe.consumers.get(trackId) !== consumer) return;
      pipe.consumers.delete(trackId);
      this.demand.forget(trackId, viewerOf(pipeId));
    });
  }

  #find(nodeId: string, pipeId: string): NearPipe | null {
    const pipe = this.#pipes.get(nodeId);
    return pipe?.pipeId === pipeId ? pipe : null;
  }
}

/** A pipe, among those who receive a track. */
const viewerOf = (pipeId: string): string => `pipe ${pipeId}`;
