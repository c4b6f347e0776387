/** How a node's links to Redis end. */
import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { createLogger } from '../../../server/platform/logger.js';
import { connectRedis } from '../../../server/platform/redis.js';
import { startRedis } from '../../support/processes.js';

it('what was not answered when Redis ended is nobody\'s error where nobody waited for it, and is told to whoever did', async () => {
  const redis = await startRedis();
  const { listen, close } = connectRedis(redis.url, createLogger('silent'));
  const unheard: unknown[] = [];
  const hear = (error: unknown): void => void unheard.push(error);
  process.on('unhandledRejection', hear);
  onTestFinished(() => void process.off('unhandledRejection', hear));
  await listen.ssubscribe('a room');

  process.kill(redis.pid, 'SIGSTOP');
  // As the Socket.IO adapter does when it closes.
  void listen.sunsubscribe('a room');
  const awaited = listen.ssubscribe('another');
  const ended = once(listen, 'end');
  await close();
  await redis.kill();
  await ended;
  await expect(awaited).rejects.toThrow('Connection is closed.');
  // Node tells of what nobody heard before the next turn of its loop.
  await new Promise((resolve) => setImmediate(resolve));
  expect(unheard).toEqual([]);
});
