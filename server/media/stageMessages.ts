/** What nodes ask of each other about stages, over the bus, and how the node on which a stage stands answers. */
import { z } from 'zod';
import { PersonView } from '../../shared/contracts/members.js';
import { TrackKind } from '../../shared/contracts/stage.js';
import { AppError } from '../../shared/failures.js';
import { Act, acts } from './stage/stageActs.js';
import type { StageHost } from './stageHost.js';

export const stageTopic = 'stage';

/** One connection in one workshop. */
export const SeatName = z.object({ workshopId: z.string(), connectionId: z.string() });
export type SeatName = z.infer<typeof SeatName>;

const StageQuestion = z.discriminatedUnion('ask', [
  /** `home` is the node the connection is on. Answered with a StageView. */
  z.object({ ask: z.literal('join'), home: z.string(), workshopId: z.string(), guest: z.object({ connectionId: z.string(), person: PersonView }), mayPresent: z.boolean() }),
  z.object({ ask: z.literal('act'), connectionId: z.string(), act: Act, input: z.unknown() }),
  SeatName.extend({ ask: z.literal('leave') }),
  SeatName.extend({ ask: z.literal('endPresenting') }),
  z.object({ ask: z.literal('pauseTracksOf'), workshopId: z.string(), memberId: z.string(), kind: TrackKind }),
  /** The asking node's connections that sit on stages of the asked one. Answered with those that sit there no longer. */
  z.object({ ask: z.literal('keep'), seats: z.array(SeatName) }),
  z.object({ ask: z.literal('end'), workshopId: z.string() }),
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
      return host.keep(question.seats);
    case 'end':
      await host.end(question.workshopId);
      return null;
  }
}

async function joinHere(host: StageHost, { home, workshopId, guest, mayPresent }: Extract<StageQuestion, { ask: 'join' }>): Promise<unknown> {
  // Why it cannot stand here does not matter to a node that may have it stand there.
  if (!host.find(workshopId)) await host.open(workshopId, null).catch(() => {});
  const stage = host.find(workshopId);
  if (!stage) throw new AppError('server.busy');
  return stage.join(guest, mayPresent, home);
}
