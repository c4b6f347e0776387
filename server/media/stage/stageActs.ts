/** What a guest does on a stage they have joined: the same acts whether the stage stands here or on another node. */
import { z } from 'zod';
import { AppError } from '../../../shared/failures.js';
import { CloseTrack, ConnectTransport, ConsumerView, ConsumeTracks, OnStage, OnStageNow, PauseConsumers, PauseTrack, PreferLayers, ProbeLine, ProduceTrack, RestartIce, ResumeTracks, TrackView, TransportView } from '../../../shared/contracts/live/stage.js';
import type { Stages } from '../stages.js';
import type { StageGuest } from './stageGuest.js';

export const Act = z.enum(['look', 'probe', 'connect', 'present', 'produce', 'consume', 'resume', 'preferLayers', 'pauseConsumers', 'pauseTrack', 'closeTrack', 'restartIce']);
export type Act = z.infer<typeof Act>;
export type ActInputs = { [A in Act]: Parameters<Stages[A]>[1] };
export type ActOutputs = { [A in Act]: Awaited<ReturnType<Stages[A]>> };

/**
 * One act, with the forms in which its input and its output travel between nodes. `side` says where it is done: where the
 * guest receives, where the stage stands, or wherever the transport that it names is.
 */
interface ActForm<A extends Act> {
  side: 'receiving' | 'sending' | 'either';
  input: z.ZodType<ActInputs[A]>;
  output: z.ZodType<ActOutputs[A]>;
  perform(guest: StageGuest, input: ActInputs[A]): Promise<ActOutputs[A]>;
}

/** JSON has no `undefined`. */
const Nothing = z.unknown().transform((): void => undefined);

export const acts: { [A in Act]: ActForm<A> } = {
  look: { side: 'sending', input: OnStage, output: OnStageNow, perform: (guest) => Promise.resolve(guest.look()) },
  probe: { side: 'receiving', input: ProbeLine, output: ConsumerView, perform: (guest, input) => guest.probe(input) },
  connect: { side: 'either', input: ConnectTransport, output: Nothing, perform: (guest, input) => guest.connect(input) },
  present: { side: 'sending', input: OnStage, output: TransportView, perform: (guest) => guest.present() },
  produce: { side: 'sending', input: ProduceTrack, output: TrackView, perform: (guest, input) => guest.produce(input) },
  consume: { side: 'receiving', input: ConsumeTracks, output: z.array(ConsumerView), perform: (guest, input) => guest.consume(input) },
  resume: { side: 'receiving', input: ResumeTracks, output: Nothing, perform: (guest, input) => guest.resume(input) },
  preferLayers: { side: 'receiving', input: PreferLayers, output: Nothing, perform: (guest, input) => guest.receiving().preferLayers(input) },
  pauseConsumers: { side: 'receiving', input: PauseConsumers, output: Nothing, perform: (guest, input) => guest.receiving().pauseConsumers(input) },
  pauseTrack: { side: 'sending', input: PauseTrack, output: TrackView, perform: (guest, input) => guest.pauseTrack(input) },
  closeTrack: { side: 'sending', input: CloseTrack, output: Nothing, perform: (guest, input) => guest.closeTrack(input) },
  restartIce: { side: 'either', input: RestartIce, output: z.looseObject({}), perform: (guest, input) => guest.restartIce(input) },
};

/** A stage, or what a node shows of one, with its guests. */
export interface ActingPlace {
  readonly epoch: number;
  readonly isClosed: boolean;
  /** @throws media.not_found - the connection is not there. */
  guest(connectionId: string): StageGuest;
}

/**
 * Does what a guest asks for.
 *
 * @throws media.stale_epoch - the place fell meanwhile, or stands under another epoch.
 * @throws media.not_found | media.unsupported
 */
export async function performAct<A extends Act>(place: ActingPlace, connectionId: string, act: A, input: ActInputs[A]): Promise<ActOutputs[A]> {
  if (place.epoch !== input.epoch) throw new AppError('media.stale_epoch', { epoch: place.epoch });
  try {
    return await acts[act].perform(place.guest(connectionId), input);
  } catch (error) {
    // The next epoch is at least this one; what it will be is known when somebody joins.
    if (place.isClosed) throw new AppError('media.stale_epoch', { epoch: place.epoch + 1 });
    throw error;
  }
}
