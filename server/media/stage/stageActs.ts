/** What a guest does on a stage they have joined: the same acts whether the stage stands here or on another node. */
import { z } from 'zod';
import { CloseTrack, ConnectTransport, ConsumerView, ConsumeTracks, OnStage, PauseTrack, ProduceTrack, RestartIce, ResumeTracks, TrackView, TransportView } from '../../../shared/contracts/stage.js';
import type { Stages } from '../stages.js';
import type { StageGuest } from './stageGuest.js';

export const Act = z.enum(['connect', 'present', 'produce', 'consume', 'resume', 'pauseTrack', 'closeTrack', 'restartIce']);
export type Act = z.infer<typeof Act>;
export type ActInputs = { [A in Act]: Parameters<Stages[A]>[1] };
export type ActOutputs = { [A in Act]: Awaited<ReturnType<Stages[A]>> };

/** One act, with the forms in which its input and its output travel between nodes. */
interface ActForm<A extends Act> {
  input: z.ZodType<ActInputs[A]>;
  output: z.ZodType<ActOutputs[A]>;
  perform(guest: StageGuest, input: ActInputs[A]): Promise<ActOutputs[A]>;
}

/** JSON has no `undefined`. */
const Nothing = z.unknown().transform((): void => undefined);

export const acts: { [A in Act]: ActForm<A> } = {
  connect: { input: ConnectTransport, output: Nothing, perform: (guest, input) => guest.connect(input) },
  present: { input: OnStage, output: TransportView, perform: (guest) => guest.present() },
  produce: { input: ProduceTrack, output: TrackView, perform: (guest, input) => guest.produce(input) },
  consume: { input: ConsumeTracks, output: z.array(ConsumerView), perform: (guest, input) => guest.consume(input) },
  resume: { input: ResumeTracks, output: Nothing, perform: (guest, input) => guest.resume(input) },
  pauseTrack: { input: PauseTrack, output: Nothing, perform: (guest, input) => guest.pauseTrack(input) },
  closeTrack: { input: CloseTrack, output: Nothing, perform: (guest, input) => guest.closeTrack(input) },
  restartIce: { input: RestartIce, output: z.looseObject({}), perform: (guest, input) => guest.restartIce(input) },
};
