/** The node's links to Redis: one that asks, one that publishes, one that listens. */
import { Redis } from 'ioredis';
import type { Wire } from './bus.js';
import type { Logger } from './logger.js';

export interface RedisLinks {
  /** For commands whose answer is waited for: fails at once while Redis is away. */
  ask: Redis;
  /** For what is only said: waits in a queue while Redis is away. */
  publish: Redis;
  listen: Redis;
  isUp(): boolean;
  close(): Promise<void>;
}

/** Opens the links. Redis may be away, at the start too: the node runs alone until it is back. */
export function connectRedis(url: string, log: Logger): RedisLinks {
  const retryStrategy = (attempt: number): number => Math.min(100 * attempt, 2_000);
  const queueing = { retryStrategy, maxRetriesPerRequest: null };
  const links = {
    ask: new Redis(url, { retryStrategy, maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: 2_000 }),
    publish: new Redis(url, queueing),
    listen: withoutWaiting(new Redis(url, queueing)),
  };
  for (const [name, redis] of Object.entries(links)) {
    // ioredis repeats the error on every attempt; the state is what matters, and it is told once.
    redis.on('error', () => {});
    redis.on('close', () => log.warn({ link: name }, 'Redis is away'));
    redis.on('ready', () => log.info({ link: name }, 'Redis is there'));
  }
  return {
    ...links,
    isUp: () => Object.values(links).every((redis) => redis.status === 'ready'),
    close: async () => {
      for (const redis of Object.values(links)) redis.disconnect();
      await Promise.resolve();
    },
  };
}

/**
 * The Socket.IO adapter subscribes, and takes its subscriptions back, without waiting for the answers. What is not answered
 * when the link closes is refused by ioredis, and a refusal that nobody hears ends the process.
 */
function withoutWaiting(link: Redis): Redis {
  const send = link.sendCommand.bind(link);
  link.sendCommand = (command, stream) => {
    command.promise.catch(() => undefined);
    return send(command, stream);
  };
  return link;
}

const busChannel = 'guildhall:bus';

/** The bus's wire over Redis pub/sub. */
export function redisWire(links: RedisLinks, log: Logger): Wire {
  const restored: (() => void)[] = [];
  let hasBeenUp = false;

  // Subscribing again waits behind ioredis's own resubscriptions on the same connection, the Socket.IO adapter's among
  // them: when this is answered, this node hears everything again.
  const listenAgain = async (): Promise<void> => {
    await links.listen.subscribe(busChannel);
    if (hasBeenUp) for (const hear of restored) hear();
    hasBeenUp = true;
  };
  const onReady = (): void => {
    listenAgain().catch((error: unknown) => log.warn({ err: error }, 'the bus could not listen'));
  };
  links.listen.on('ready', onReady);
  if (links.listen.status === 'ready') onReady();

  return {
    send(text) {
      links.publish.publish(busChannel, text).catch((error: unknown) => log.warn({ err: error }, 'the bus could not speak'));
    },
    onText(hear) {
      links.listen.on('message', (channel: string, text: string) => {
        if (channel === busChannel) hear(text);
      });
    },
    onRestored: (hear) => void restored.push(hear),
    isUp: () => links.isUp(),
    close: () => Promise.resolve(),
  };
}
