/** A node that stands still while it holds a stage, by the kernel's word: another takes over, and what the first one wakes up with is worth nothing. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { redisStageLeases } from '../../server/media/redisStageLeases.js';
import type { Stages } from '../../server/media/stages.js';
import { AppError } from '../../shared/failures.js';
import { closePeers, joinAsPeer, type PeerDoor } from '../support/peer.js';
import { openPeerNode, type PeerNode } from '../support/peerNodes.js';
import { startRedis } from '../support/processes.js';

const workshopId = 'a'.repeat(24);
/** The holder is asked no more as soon as its lease has run out. */
const leaseMs = 1_500;

type Door = PeerDoor & Pick<Stages, 'restartIce'>;

let redis: Awaited<ReturnType<typeof startRedis>>;
let other: PeerNode;
let child: ChildProcess;
let paused: Door;

beforeEach(async () => {
  redis = await startRedis();
  child = fork('test/support/media/stageNode.mjs', [redis.url, String(leaseMs)], { execArgv: [] });
  paused = doorTo(child);
  [other] = await Promise.all([openPeerNode(redis.url, { leaseMs }), isReady(child)]);
});
afterEach(async () => {
  closePeers();
  child.kill('SIGKILL');
  await other.close();
  await redis.stop();
});

async function isReady(node: ChildProcess): Promise<void> {
  for (;;) if (((await once(node, 'message')) as [{ state?: string }])[0].state === 'ready') return;
}

/** The stages of another process. */
function doorTo(node: ChildProcess): Door {
  const waiting = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>();
  let asked = 0;
  node.on('message', ({ id = 0, answer, failure }: { id?: number; answer?: never; failure?: { code: 'server.busy' } }) => {
    if (failure) waiting.get(id)?.reject(Object.assign(new AppError('server.busy'), failure));
    else waiting.get(id)?.resolve(answer as never);
  });
  const ask = (act: string, ...args: unknown[]): Promise<never> =>
    new Promise((resolve, reject) => {
      const id = (asked += 1);
      waiting.set(id, { resolve, reject });
      node.send({ id, act, args });
    });
  return {
    join: (...args) => ask('join', ...args),
    connect: (...args) => ask('connect', ...args),
    produce: (...args) => ask('produce', ...args),
    consume: (...args) => ask('consume', ...args),
    resume: (...args) => ask('resume', ...args),
    restartIce: (...args) => ask('restartIce', ...args),
  };
}

it('loses its stage, is refused when it goes on, and sends nobody another packet', async () => {
  const host = await joinAsPeer(paused, { workshopId, mayPresent: true });
  const { id } = await host.publish();
  const [near, far] = [await joinAsPeer(paused, { workshopId }), await joinAsPeer(other.stages, { workshopId })];
  const old = [await near.watch(id), await far.watch(id)];
  for (const watched of old) await watched.moreFrames(3);
  expect(far.view.epoch).toBe(host.view.epoch);

  child.kill('SIGSTOP');
  // The media worker beside the stopped process runs on; nobody renews its lease.
  await expect.poll(() => redisStageLeases(other.links.ask).find(workshopId), { timeout: 3 * leaseMs }).toBeNull();
  const [again, hostAgain] = [await joinAsPeer(other.stages, { workshopId, connectionId: far.connectionId }), await joinAsPeer(other.stages, { workshopId, mayPresent: true })];
  expect(again.view).toMatchObject({ epoch: hostAgain.view.epoch, tracks: [] });
  expect(again.view.epoch).toBeGreaterThan(host.view.epoch);
  const seen = await again.watch((await hostAgain.publish()).id);
  await seen.moreFrames(3);

  child.kill('SIGCONT');
  const place = { workshopId, epoch: host.view.epoch };
  const stale = { code: 'media.stale_epoch' };
  await expect(paused.restartIce(host.connectionId, { ...place, transportId: host.view.receive.id })).rejects.toMatchObject(stale);
  await expect(paused.consume(near.connectionId, { ...place, trackIds: [id], rtpCapabilities: near.capabilities })).rejects.toMatchObject(stale);
  // Its host goes on sending, to nobody.
  await seen.moreFrames(3);
  const packets = (): Promise<number[]> => Promise.all(old.map((watched) => watched.packets()));
  const before = await packets();
  await seen.moreFrames(25);
  expect(await packets()).toEqual(before);
  expect((await joinAsPeer(paused, { workshopId })).view.epoch).toBe(hostAgain.view.epoch);
});
