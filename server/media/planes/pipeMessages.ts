/** What nodes ask of each other about the pipes between them, over the bus. Each question names its pipe, and with it the epoch it is meant for. */
import { z } from 'zod';
import type { Bus } from '../../platform/bus.js';
import type { Logger } from '../../platform/logger.js';
import type { StageHost } from '../stageHost.js';
import type { BranchHost } from './branchHost.js';
import { PipedTrack, PipeEnd, PipeName, PipeNews } from './pipeForms.js';
import type { Holder } from './stageBranch.js';

const pipeTopic = 'stage-pipe';
const newsTopic = 'stage-pipe-news';

const About = { home: z.string(), name: PipeName };
const PipeQuestion = z.discriminatedUnion('ask', [
  z.object({ ...About, ask: z.literal('open'), end: PipeEnd }),
  z.object({ ...About, ask: z.literal('send'), trackId: z.string() }),
  z.object({ ...About, ask: z.literal('need'), trackId: z.string(), topLayer: z.int().nonnegative().nullable() }),
  z.object({ ...About, ask: z.literal('stop'), trackId: z.string() }),
  z.object({ ...About, ask: z.literal('close') }),
]);
type PipeQuestion = z.infer<typeof PipeQuestion>;

/** The node on which a stage stands, asked over the bus by this one. */
export function holderOverBus(bus: Bus, log: Logger, nodeId: string): Holder {
  const ask = (question: PipeQuestion): Promise<unknown> => bus.request(nodeId, pipeTopic, question);
  const tell = (question: PipeQuestion): void => void ask(question).catch((error: unknown) => log.debug({ err: error }, 'a pipe could not be let go of; its far end finds out'));
  const home = bus.nodeId;
  return {
    nodeId,
    openPipe: async (name, end) => PipeEnd.parse(await ask({ ask: 'open', home, name, end })),
    sendTrack: async (name, trackId) => PipedTrack.parse(await ask({ ask: 'send', home, name, trackId })),
    needLayers: async (name, trackId, topLayer) => void (await ask({ ask: 'need', home, name, trackId, topLayer })),
    stopTrack: (name, trackId) => tell({ ask: 'stop', home, name, trackId }),
    closePipe: (name) => tell({ ask: 'close', home, name }),
  };
}

/** Tells the node at the far end of a pipe what becomes of it. What is lost is made good when the pipe is named again. */
export function tellPipeNews(bus: Bus, log: Logger, nodeId: string, news: PipeNews): void {
  bus.request(nodeId, newsTopic, news).catch((error: unknown) => log.debug({ err: error }, 'what became of a piped track could not be told'));
}

/** Has this node answer the others. */
export function answerPipes(bus: Bus, host: StageHost, branches: BranchHost): void {
  bus.respond(pipeTopic, (asked) => answerPipe(host, PipeQuestion.parse(asked)));
  bus.respond(newsTopic, async (news) => (await branches.hear(PipeNews.parse(news))) ?? null);
}

/**
 * @throws media.stale_epoch - the stage does not stand here under the epoch that was named.
 * @throws media.not_found
 */
async function answerPipe(host: StageHost, question: PipeQuestion): Promise<unknown> {
  const { home, name } = question;
  const { pipes } = await host.held(name.workshopId, name.epoch);
  if (question.ask === 'open') return pipes.open(home, name.pipeId, question.end);
  if (question.ask === 'send') return pipes.send(home, name.pipeId, question.trackId);
  if (question.ask === 'need') pipes.need(home, name.pipeId, question.trackId, question.topLayer);
  else if (question.ask === 'stop') pipes.stop(home, name.pipeId, question.trackId);
  else pipes.close(home, name.pipeId);
  return null;
}
