/** What nodes ask of each other about stages, over the bus, and how the node on which a stage stands answers. */
import { z } from 'zod';
import { PersonView } from '../../shared/contracts/members.js';
import { StageView, TrackKind, TransportView } from '../../shared/contracts/live/stage.js';
import { AppError } from '../../shared/failures.js';
import { PipeName } from './planes/pipeForms.js';
import { SeatName } from './seats.js';
import { Act, acts } from './stage/stageActs.js';
import type { StageHost } from './stageHost.js';

export const stageTopic = 'stage';

/** What a guest of another node finds; `receive` is null when they receive on their own node. */
export const SeatedView = StageView.omit({ ice: true }).extend({ receive: TransportView.nullable() });

const StageQuestion = z.discriminatedUnion('ask', [
  /** `home` is the node the connection is on. Answered with a SeatedView. */
  z.object({ ask: z.literal('join'), home: z.string(), workshopId: z.string(), guest: z.object({ connectionId: z.string(), person: PersonView }), mayPresent: z.boolean(), receives: z.boolean() }),
  z.object({ ask: z.literal('act'), connectionId: z.string(), act: Act, input: z.unknown() }),
  SeatName.extend({ ask: z.literal('leave') }),
  SeatName.extend({ ask: z.literal('endPresenting') }),
  z.object({ ask: z.literal('pauseTracksOf'), workshopId: z.string(), memberId: z.string(), kind: TrackKind }),
  /** The asking node's connections on stages of the asked one, and the pipes from it that are in use. Answered with what is Missing. */
  z.object({ ask: z.literal('keep'), home: z.string(), seats: z.array(SeatName), pipes: z.array(PipeName) }),
  z.object({ ask: z.literal('end'), workshopId: z.string() }),
  /** The node on which the stage stands is about to leave: the asked one is to have it stand there, over that lease. */
  z.object({ ask: z.literal('takeOver'), workshopId: z.string(), over: z.object({ nodeId: z.string(), epoch: z.int() }) }),
]);
export type StageQuestion = z.infer<typeof StageQuestion>;

/**
 * Answers a question of another node.
 *
 * @throws server.busy - the stage neither stands here nor could be made to.
 */
export async function answerStageQuestion(host: StageHost, asked: unknown): Promise<unknown> {
  const question = StageQuestion.parse(asked);
  switch (question.ask) {
    case 'join':
      return joinHere(host, question);
    case 'act':
      return (await host.act(question.connectionId, question.act, acts[question.act].input.parse(question.input))) ?? null;
    case 'leave':
      host.find(question.workshopId)?.leave(question.connectionId);
      return null;
    case 'endPresenting':
      host.find(question.workshopId)?.endPresenting(question.connectionId);
      return null;
    case 'pauseTracksOf':
      await host.find(question.workshopId)?.pauseTracksOf(question.memberId, question.kind);
      return null;
    case 'keep':
      return host.keep(question.home, question.seats, question.pipes);
    case 'end':
      await host.end(question.workshopId);
      return null;
    case 'takeOver':
      await host.open(question.workshopId, question.over);
      if (!host.find(question.workshopId)) throw new AppError('server.busy');
      return null;
  }
}

async function joinHere(host: StageHost, { workshopId, ask: _ask, ...coming }: Extract<StageQuestion, { ask: 'join' }>): Promise<unknown> {
  // Why it cannot stand here does not matter to a node that may have it stand there.
  if (!host.find(workshopId)) await host.open(workshopId, null).catch(() => {});
  const epoch = host.find(workshopId)?.epoch;
  if (epoch === undefined) throw new AppError('server.busy');
  return (await host.held(workshopId, epoch)).join(coming);
}
