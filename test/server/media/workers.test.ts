/** Media workers: had while the house already serves, replaced when they die, left alone when they keep dying. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Provision, ReportProgress } from '../../../server/media/provisionWorker.js';
import { provisionWorker } from '../../../server/media/provisionWorker.js';
import { createLogger } from '../../../server/platform/logger.js';
import { closePeers, joinAsPeer } from '../../support/peer.js';
import { openStages, workerProgram, type TestStages, type TestStagesOptions } from '../../support/peerStages.js';

const workshopId = 'a'.repeat(24);
const anybody = { connectionId: 'c', person: { id: 'b'.repeat(24), name: 'Anybody', role: 'member' as const } };
let stages: TestStages | null = null;

function open(options?: TestStagesOptions): TestStages {
  stages = openStages(options);
  return stages;
}

afterEach(async () => {
  closePeers();
  await stages?.close();
  stages = null;
});

/** Whatever a worker's start listens to SIGINT with hears one, as soon as the start is under way. */
function interruptTheStart(): Promise<void> {
  const before = new Set(process.listeners('SIGINT'));
  return new Promise((resolve) => {
    const follow = (event: string | symbol): void => {
      if (event !== 'SIGINT') return;
      process.off('newListener', follow);
      setImmediate(() => {
        for (const listener of process.listeners('SIGINT')) if (!before.has(listener)) listener('SIGINT');
        resolve();
      });
    };
    process.on('newListener', follow);
  });
}

describe('a worker that starts while the process is told to end', () => {
  it('ends with its stages', async () => {
    const isInterrupted = interruptTheStart();
    const here = open();
    await isInterrupted;
    await here.close();
    expect(here.workers.every((worker) => worker.closed)).toBe(true);
  });
});

describe('a worker that is killed', () => {
  it('is replaced; everybody is told to join again, and sees again under a higher epoch', async () => {
    const here = open();
    await here.becomes('ready');
    const [host, viewer] = [await joinAsPeer(here, { workshopId, mayPresent: true }), await joinAsPeer(here, { workshopId })];
    await (await viewer.watch((await host.publish()).id)).moreFrames(3);
    expect(here.told.map((news) => news.kind)).toEqual(['trackAdded']);

    process.kill(here.workers[0]?.pid ?? 0, 'SIGKILL');
    const reset = await here.news('reset');
    expect(reset.epoch).toBeGreaterThan(host.view.epoch);
    const stale = { code: 'media.stale_epoch' };
    await expect(here.restartIce(host.connectionId, { workshopId, epoch: host.view.epoch, transportId: host.view.receive.id })).rejects.toMatchObject(stale);

    const [hostAgain, viewerAgain] = [await joinAsPeer(here, { workshopId, mayPresent: true, connectionId: host.connectionId }), await joinAsPeer(here, { workshopId, connectionId: viewer.connectionId })];
    expect(hostAgain.view.epoch).toBeGreaterThanOrEqual(reset.epoch);
    expect(viewerAgain.view.epoch).toBe(hostAgain.view.epoch);
    await (await viewerAgain.watch((await hostAgain.publish()).id)).moreFrames(3);
    expect(here.told.map((news) => news.kind)).toEqual(['trackAdded', 'reset', 'trackAdded']);
    expect(here.status()).toEqual({ state: 'ready' });
  });

  it('takes only its own stages with it; new ones stand on the worker with the least to do', async () => {
    const here = open({ workers: 2 });
    await here.becomes('ready');
    const [one, other] = [await joinAsPeer(here, { workshopId, mayPresent: true }), await joinAsPeer(here, { workshopId: 'f'.repeat(24), mayPresent: true })];
    const viewers = await Promise.all([one, other].map(async (host) => (await joinAsPeer(here, { workshopId: host.workshopId })).watch((await host.publish()).id)));
    await Promise.all(viewers.map((viewer) => viewer.moreFrames(3)));

    process.kill(here.workers[0]?.pid ?? 0, 'SIGKILL');
    const { workshopId: fallen } = await here.news('reset');
    const standing = viewers[fallen === one.workshopId ? 1 : 0];
    await standing?.moreFrames(10);
    expect(here.told.filter((news) => news.kind === 'reset')).toHaveLength(1);
  });
});

describe('a worker that keeps dying', () => {
  it('is left alone for a while, with the status saying so, and then tried again', async () => {
    const here = open({ coolDownMs: 300 });
    await here.becomes('ready');
    for (let deaths = 0; deaths < 4; deaths += 1) {
      await here.join(workshopId, anybody, false);
      process.kill(here.workers.at(-1)?.pid ?? 0, 'SIGKILL');
      await here.news('reset', (news) => here.told.filter((one) => one.kind === 'reset').indexOf(news) === deaths);
    }
    expect((await here.becomes('unavailable')).reason).toMatch(/keeps failing/);
    expect(here.workers).toHaveLength(4);
    await expect(here.join(workshopId, anybody, false)).rejects.toMatchObject({ code: 'media.unavailable' });

    await here.becomes('ready');
    expect(await here.join(workshopId, anybody, false)).toMatchObject({ tracks: [] });
  });

  it('for want of its port, is told of too', async () => {
    const first = open({ port: 0 });
    await first.becomes('ready');
    const { receive } = await first.join(workshopId, anybody, false);
    const second = openStages({ port: Number(receive.iceCandidates[0]?.['port']) });
    await second.becomes('unavailable');
    await second.close();
  });
});

describe('while the worker is being had', () => {
  it('the stages say how far that is, and refuse; then they open', async () => {
    let report: ReportProgress = () => {};
    let finish: (provision: Provision) => void = () => {};
    const here = open({
      provide: (tell) => {
        report = tell;
        return new Promise((resolve) => (finish = resolve));
      },
    });
    expect(here.status()).toMatchObject({ state: 'preparing', progress: 0 });
    report(0.5, 'Half of it is there.');
    expect(here.status()).toEqual({ state: 'preparing', progress: 0.5, text: 'Half of it is there.' });
    await expect(here.join(workshopId, anybody, true)).rejects.toMatchObject({ code: 'media.preparing' });
    await here.leave(workshopId, anybody.connectionId);

    finish({ bin: workerProgram() });
    await here.becomes('ready');
    expect(await here.join(workshopId, anybody, true)).toMatchObject({ tracks: [] });
  });

  it('the stages say why when it cannot be had', async () => {
    const here = open({ provide: () => Promise.resolve({ unavailable: 'There is no compiler.' }) });
    expect(await here.becomes('unavailable')).toEqual({ state: 'unavailable', reason: 'There is no compiler.' });
    await expect(here.join(workshopId, anybody, true)).rejects.toMatchObject({ code: 'media.unavailable' });
  });

  it('the stages close at once, and twice', async () => {
    const here = open({ provide: (_report, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve({ unavailable: 'closing' }))) });
    await Promise.all([here.close(), here.close()]);
  });
});

describe('the set-up tool', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'guildhall-provision-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function follow(script: string): Promise<{ heard: [number, string][]; outcome: Provision }> {
    const tool = path.join(folder, 'tool.mjs');
    await writeFile(tool, script);
    const heard: [number, string][] = [];
    const provide = provisionWorker({ tool, installSystemPackages: true, log: createLogger('silent') });
    const outcome = await provide((progress, text) => heard.push([progress, text]), new AbortController().signal);
    return { heard, outcome };
  }
  const say = (line: object) => `console.log(${JSON.stringify(JSON.stringify(line))});`;

  it('is followed line by line', async () => {
    const preparing = say({ state: 'preparing', step: 'build', done: 1, total: 4, text: 'One of four.' });
    expect(await follow(`console.log('not a line of its own');${preparing}${say({ state: 'ready', bin: '/a/worker' })}`)).toEqual({ heard: [[0.25, 'One of four.']], outcome: { bin: '/a/worker' } });
    expect(await follow(`${say({ state: 'unavailable', reason: 'No compiler.' })}process.exitCode = 1;`)).toEqual({ heard: [], outcome: { unavailable: 'No compiler.' } });
    expect(await follow(`console.log(JSON.stringify({ state: 'unavailable', reason: process.argv.slice(2).join(' ') }))`)).toMatchObject({ outcome: { unavailable: '--json --install-system-packages' } });
  });

  it('that breaks is an answer too', async () => {
    expect((await follow('process.exit(3)')).outcome).toEqual({ unavailable: 'The set-up of live video ended without an answer (exit code 3).' });
  });
});
