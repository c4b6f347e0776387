/** Parameters that no browser sends, by the hundred: whatever passes the contract is answered, and the worker lives. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ConnectTransport, ConsumeTracks, ProduceTrack } from '../../../shared/contracts/live/stage.js';
import { AppError } from '../../../shared/failures.js';
import { closePeers, joinAsPeer, type Peer } from '../../support/peer.js';
import { openStages, type TestStages } from '../../support/peerStages.js';
import { createRandom } from '../../support/random.js';

const workshopId = 'a'.repeat(24);
const rounds = 150;
let stages: TestStages;

beforeAll(async () => {
  stages = openStages();
  await stages.becomes('ready');
});
afterAll(async () => {
  closePeers();
  await stages.close();
});

/** Values at the edges of what the contracts let through. */
const edges = [0, 1, -1, 127, 255, 65_535, 4_294_967_295, 4_294_967_296, 2 ** 53 - 1, 0.5, '', '0', 'a'.repeat(32), 'r0', 'L9T9', 'S3T3', 'L1T2', 'video/rtx', 'video/VP8', 'audio/opus', '\u0000', true, null, [], {}];

/** A copy in which some leaves are something else, gone, or there twice. */
function twist(value: unknown, random: () => number): unknown {
  const dice = random();
  if (dice < 0.06) return edges[Math.floor(random() * edges.length)];
  if (Array.isArray(value)) {
    const twisted = value.map((item) => twist(item, random));
    return dice < 0.16 ? [...twisted, ...twisted] : dice < 0.2 ? twisted.slice(1) : twisted;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (random() < 0.04 ? [] : [[key, twist(inner, random)]])));
}

/** What came of a call: null when the contract refused its input. Fails on any error that a client could not be told. */
async function answered(call: (() => Promise<unknown>) | null): Promise<'taken' | 'refused' | null> {
  if (!call) return null;
  try {
    await call();
    return 'taken';
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    return 'refused';
  }
}

function attack(peer: Peer, produced: ProduceTrack, random: () => number): (() => Promise<unknown>) | null {
  const at = { workshopId, epoch: peer.view.epoch };
  const { connectionId } = peer;
  const kind = Math.floor(random() * 4);
  if (kind === 0) {
    const fingerprints = [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') }, { algorithm: 'sha-1', value: 'AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89' }];
    const input = ConnectTransport.safeParse({ ...at, transportId: peer.view.receive.id, dtlsParameters: twist({ role: 'auto', fingerprints }, random) });
    return input.success ? () => stages.connect(connectionId, input.data) : null;
  }
  if (kind === 1) {
    const input = ConsumeTracks.safeParse({ ...at, trackIds: [...stages.told.flatMap((news) => (news.kind === 'trackAdded' ? [news.track.id] : []))].slice(-4), rtpCapabilities: twist(peer.capabilities, random) });
    return input.success ? () => stages.consume(connectionId, input.data) : null;
  }
  const input = ProduceTrack.safeParse({ ...produced, ...at, clientTrackId: randomUUID(), transportId: peer.view.send?.id, rtpParameters: twist(produced.rtpParameters, random) });
  return input.success ? () => stages.produce(connectionId, input.data) : null;
}

it('a worker outlives them, and a stage beside goes on being seen', async () => {
  const host = await joinAsPeer(stages, { workshopId, mayPresent: true });
  const { id } = await host.publish('screen', { scalabilityMode: 'L1T3' });
  const [produced] = host.produced;
  if (!produced) throw new Error('nothing was produced');
  const watched = await (await joinAsPeer(stages, { workshopId })).watch(id);
  await watched.moreFrames(3);

  const outcomes: unknown[] = [];
  const random = createRandom(20_961_125).next;
  for (let round = 0; round < rounds; round += 1) {
    // A few tries on one connection, so that tracks clash with those before them, and a new one when its share is used up.
    const attacker = await joinAsPeer(stages, { workshopId, mayPresent: true });
    for (let tries = 0; tries < 4; tries += 1) outcomes.push(await answered(attack(attacker, produced, random)));
    await stages.leave(workshopId, attacker.connectionId);
    attacker.close();
  }
  for (const outcome of ['taken', 'refused', null]) expect(outcomes).toContain(outcome);
  await watched.moreFrames(5);
  expect(stages.workers).toHaveLength(1);
  expect(stages.told.map((news) => news.kind)).not.toContain('reset');
});
