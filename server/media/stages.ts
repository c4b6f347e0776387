/**
 * The stages of all workshops, wherever in the cluster each one lives. Verbs speak to this; which node a stage is on is
 * only `stageDirectory.ts`'s to know. Who may do what is judged before a verb comes here; that a transport or consumer is
 * the caller's own is judged here.
 */
import type { MediaStatus } from '../../shared/contracts/community.js';
import type { PersonView } from '../../shared/contracts/members.js';
import type { CloseTrack, ConnectTransport, ConsumerView, ConsumeTracks, IceServers, OnStage, OnStageNow, PauseConsumers, PauseTrack, PreferLayers, ProbeLine, ProduceTrack, RestartIce, ResumeTracks, StageView, TrackView, TransportView } from '../../shared/contracts/live/stage.js';
import type { Trials } from './check/trials.js';

/** One connection on a stage. All that it opens is found through it and closed with it. */
export interface Guest {
  connectionId: string;
  person: PersonView;
}

/** What a stage tells: the composition root turns it into pushes to the workshop's channel. */
export type StageNews =
  | { kind: 'trackAdded' | 'trackChanged'; workshopId: string; epoch: number; track: TrackView }
  | { kind: 'trackRemoved'; workshopId: string; epoch: number; trackId: string }
  /** Whose track is the only one to be marked as speaking; null: nobody's. */
  | { kind: 'speakerChanged'; workshopId: string; epoch: number; speakingTrackId: string | null }
  /** For the connection that sends the track: its highest spatial layer that anybody receives; null when nobody does. */
  | { kind: 'layersNeeded'; workshopId: string; epoch: number; connectionId: string; trackId: string; topLayer: number | null }
  /** One connection's place on the stage is gone, with the worker it was on: nobody else is touched. */
  | { kind: 'moved'; workshopId: string; epoch: number; connectionId: string }
  | { kind: 'reset'; workshopId: string; epoch: number }
  /** A node is about to leave: the whole stage moves with it, or (named) the place of one connection. Nothing is to be done. */
  | { kind: 'moving'; workshopId: string; epoch: number; connectionId: string | null };

/** The stage as one finds it, but for the way there: that is the same for all stages. */
export type OpenedStage = Omit<StageView, 'ice'>;

export interface Stages {
  /** How live video stands on this node. */
  status(): MediaStatus;
  /** The same in a word or two, with how many of its workers run when not all do. For people who look after the house. */
  describe(): string;
  /** Hears each change of `status`. */
  onStatus(hear: (status: MediaStatus) => void): void;
  /**
   * Puts a connection on a stage (replacing what it had there) with a receive transport, and a send transport if it may present.
   *
   * @throws media.preparing | media.unavailable
   * @throws media.not_found - the connection left, or joined once more, while it was joining.
   * @throws server.busy - the nodes do not agree just now on where the stage stands.
   */
  join(workshopId: string, guest: Guest, mayPresent: boolean): Promise<StageView>;
  /** Closes all that the connection has on the stage. Harmless when there is nothing. */
  leave(workshopId: string, connectionId: string): Promise<void>;
  /**
   * Each may throw media.not_found, media.stale_epoch, or server.busy when the stage's node does not answer.
   *
   * @throws media.unsupported - mediasoup refuses the parameters.
   */
  connect(connectionId: string, input: ConnectTransport): Promise<void>;
  /** Opens the send transport of a guest who joined without one; one that is open is found again. */
  present(connectionId: string, input: OnStage): Promise<TransportView>;
  /** @throws media.unsupported - mediasoup refuses the parameters. */
  produce(connectionId: string, input: ProduceTrack): Promise<TrackView>;
  /** What is on stage now, for a guest of it. */
  look(connectionId: string, input: OnStage): Promise<OnStageNow>;
  /** @throws media.unsupported - this client cannot take it. */
  probe(connectionId: string, input: ProbeLine): Promise<ConsumerView>;
  consume(connectionId: string, input: ConsumeTracks): Promise<ConsumerView[]>;
  resume(connectionId: string, input: ResumeTracks): Promise<void>;
  /** Consumers that are gone are left out, here and in `pauseConsumers`. */
  preferLayers(connectionId: string, input: PreferLayers): Promise<void>;
  pauseConsumers(connectionId: string, input: PauseConsumers): Promise<void>;
  /** @returns the track as it is now. */
  pauseTrack(connectionId: string, input: PauseTrack): Promise<TrackView>;
  closeTrack(connectionId: string, input: CloseTrack): Promise<void>;
  /** @returns the new ICE parameters. */
  restartIce(connectionId: string, input: RestartIce): Promise<Record<string, unknown>>;
  /** The relays a member may use, with credentials that have just begun. */
  iceServers(memberId: string): IceServers;
  /** Closes what the connection sends with, and so its tracks; it stays on the stage and goes on receiving. Harmless when it sends nothing. */
  endPresenting(workshopId: string, connectionId: string): Promise<void>;
  /**
   * Pauses all that one member sends of a kind, on whichever connections.
   *
   * @throws server.busy - the stage's node does not answer.
   */
  pauseTracksOf(workshopId: string, memberId: string, kind: TrackView['kind']): Promise<void>;
  /**
   * Ends the stage for everybody. Ending it again is harmless.
   *
   * @throws server.busy - it cannot be reached now.
   */
  end(workshopId: string): Promise<void>;
  /** This node is about to leave: tells all who are on its stages, or who receive from it, that they will be moved. */
  announceMove(): void;
  /**
   * Has no more stages stand on this node, and those that do stand on other nodes, where there are any. Each is taken over under
   * a new epoch before it falls here; everybody on it is told to join again. One that nobody takes goes on until `close`.
   */
  moveOut(): Promise<void>;
  /** Trials of the road between a browser and this node. */
  readonly trials: Trials;
  /** How many stages stand here. */
  count(): number;
  /** Whether a connection of this node is on any stage. */
  hasSeat(connectionId: string): boolean;
  close(): Promise<void>;
}
