/** Nodes of one house on a real Redis, as far as stages go: each with links, bus and workers of its own. */
import { once } from 'node:events';
import { redisStageLeases } from '../../server/media/redisStageLeases.js';
import { createBus, type Bus } from '../../server/platform/bus.js';
import { createLogger } from '../../server/platform/logger.js';
import { createNodes, type Nodes } from '../../server/platform/cluster/nodes.js';
import { connectRedis, redisWire, type RedisLinks } from '../../server/platform/redis.js';
import { openStages, type TestStages } from './peerStages.js';

const log = createLogger('silent');

export interface PeerNode {
  stages: TestStages;
  links: RedisLinks;
  bus: Bus;
  nodes: Nodes;
  close(): Promise<void>;
}

export interface PeerNodeOptions {
  leaseMs?: number;
  layerSettleMs?: number;
  /** Wraps the node's bus, so that a test can lose what it says. */
  tamper?: (bus: Bus) => Bus;
  now?: () => Date;
}

/** Opens a node. Whoever opens it closes it. */
export async function openPeerNode(redisUrl: string, { leaseMs = 60_000, layerSettleMs, tamper = (bus) => bus, now = () => new Date() }: PeerNodeOptions = {}): Promise<PeerNode> {
  const links = connectRedis(redisUrl, log);
  for (const link of [links.ask, links.publish, links.listen]) if (link.status !== 'ready') await once(link, 'ready');
  const bus = createBus(redisWire(links, log), log);
  // Answered after the bus's own subscription, which went before it on the same link.
  await links.listen.ping();
  const nodes = createNodes(links.ask, bus.nodeId, log);
  const stages = openStages({ bus: tamper(bus), nodes, now, leases: redisStageLeases(links.ask, leaseMs), ...(layerSettleMs && { layerSettleMs }) });
  await stages.becomes('ready');
  return {
    stages,
    links,
    bus,
    nodes,
    async close() {
      await nodes.close();
      await stages.close();
      await Promise.all([bus.close(), links.close()]);
    },
  };
}
