/** The stages of one node for a test: real media workers, and everything they tell, kept. */
import { observer, type types } from 'mediasoup';
import { createStages, type StagesOptions } from '../../server/media/createStages.js';
import { memoryStageLeases } from '../../server/media/stageLeases.js';
import type { StageNews, Stages } from '../../server/media/stages.js';
import { createBus, loneWire } from '../../server/platform/bus.js';
import { createNodes } from '../../server/platform/cluster/nodes.js';
import { createLogger } from '../../server/platform/logger.js';
import type { MediaStatus } from '../../shared/contracts/community.js';
import { onLoopback } from './media/onLoopback.mjs';

const log = createLogger('silent');

export interface TestStages extends Stages {
  told: StageNews[];
  /** The first news, past or to come, that fits. */
  news<K extends StageNews['kind']>(kind: K, fits?: (news: StageNews & { kind: K }) => boolean): Promise<StageNews & { kind: K }>;
  /** Resolves when the status is, or becomes, this. */
  becomes<S extends MediaStatus['state']>(state: S): Promise<MediaStatus & { state: S }>;
  /** The workers that this process has started since these stages were opened, in order. */
  workers: types.Worker[];
  /** How many tracks come to a worker of these stages through a pipe now, by worker. */
  piped(): number[];
  /** What comes in of a track from its sender, as the worker measures it; 0 when nothing does. Bits per second. */
  bitrateOf(trackId: string): Promise<number>;
}

export type TestStagesOptions = Partial<StagesOptions>;

/** The worker that the test run's set-up has found or built. */
export function workerProgram(): string {
  const bin = process.env['MEDIASOUP_WORKER_BIN'];
  if (!bin) throw new Error('MEDIASOUP_WORKER_BIN is not set: these tests are run by `npm test`, which sees to it');
  return bin;
}

/** Opens stages on loopback, with free ports. Whoever opens them closes them. */
export function openStages(options: TestStagesOptions = {}): TestStages {
  const told: StageNews[] = [];
  const workers: types.Worker[] = [];
  const listeners = new Set<() => void>();
  const look = (): void => {
    for (const listener of listeners) listener();
  };
  const pipes = new Map<types.Worker, Set<types.Producer>>();
  const sent = new Map<string, types.Producer>();
  const onWorker = (worker: types.Worker): void => {
    workers.push(worker);
    pipes.set(worker, followTracks(worker, sent));
  };
  observer.on('newworker', onWorker);
  const stages = createStages({
    bus: createBus(loneWire(), log),
    log,
    nodes: createNodes(null, 'alone', log),
    leases: memoryStageLeases(),
    ...onLoopback,
    provide: () => Promise.resolve({ bin: workerProgram() }),
    ...options,
    onNews(news) {
      options.onNews?.(news);
      told.push(news);
      look();
    },
  });
  stages.onStatus(look);

  const until = <T>(find: () => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      const listener = (): void => {
        const found = find();
        if (found === undefined) return;
        listeners.delete(listener);
        resolve(found);
      };
      listeners.add(listener);
      listener();
    });

  return {
    ...stages,
    told,
    workers,
    piped: () => workers.map((worker) => pipes.get(worker)?.size ?? 0),
    async bitrateOf(trackId) {
      const streams = (await sent.get(trackId)?.getStats()) ?? [];
      return streams.reduce((sum, { bitrate }) => sum + bitrate, 0);
    },
    news<K extends StageNews['kind']>(kind: K, fits: (news: StageNews & { kind: K }) => boolean = () => true) {
      const isIt = (news: StageNews): news is StageNews & { kind: K } => news.kind === kind && fits(news as StageNews & { kind: K });
      return until(() => told.find(isIt));
    },
    becomes<S extends MediaStatus['state']>(state: S) {
      const isIt = (status: MediaStatus): status is MediaStatus & { state: S } => status.state === state;
      return until(() => {
        const status = stages.status();
        return isIt(status) ? status : undefined;
      });
    },
    close: async () => {
      observer.off('newworker', onWorker);
      await stages.close();
    },
  };
}

/** Keeps the tracks that come to a worker's routers, as they come and go: from their senders in `sent`; answers those through pipes. */
function followTracks(worker: types.Worker, sent: Map<string, types.Producer>): Set<types.Producer> {
  const piped = new Set<types.Producer>();
  worker.observer.on('newrouter', (router) => {
    router.observer.on('newtransport', (transport) => {
      transport.observer.on('newproducer', (producer) => {
        if (transport.type === 'pipe') piped.add(producer);
        else sent.set(producer.id, producer);
        producer.observer.once('close', () => {
          piped.delete(producer);
          if (sent.get(producer.id) === producer) sent.delete(producer.id);
        });
      });
    });
  });
  return piped;
}
