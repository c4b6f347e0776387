/** The program: reads the configuration, opens the world, builds the app, listens, and shuts down in order. */
import { setFlagsFromString } from 'node:v8';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createApp, type App } from './app.js';
import { ConfigError, readConfig, type Config } from './config.js';
import { welcome } from './demo/welcome.js';
import { openWorld } from './openWorld.js';
import { createLogger } from './platform/logger.js';
import { createShutdown } from './platform/shutdown.js';

// What an answer makes dies with it. A young generation that reaches its full size at once is collected far less often.
setFlagsFromString('--semi-space-growth-factor=16');

/** A shutdown that takes longer than this is cut off. */
const shutdownMs = 10_000;
/** A load balancer that asks `/readyz` every two or three seconds has found out by then. Where little time is given, a fifth of it. */
const noticeMs = 4_000;
const noticePart = 0.2;

const config = readConfigOrLeave();
const log = createLogger(config.LOG_LEVEL);
const shutdown = createShutdown(log);

/** Ends the moving of everybody to other nodes. */
const hurry = new AbortController();
let app: App | null = null;
let isMoving = false;

// Ctrl-C reaches the whole group and `npm start` passes it on once more: a signal that comes again must not cut the shutdown off.
process.on('SIGINT', () => void leave(0));
process.on('SIGTERM', () => void moveOut());
process.on('uncaughtException', (error) => {
  log.error({ err: error }, 'something broke that nobody caught; leaving to be started afresh');
  void leave(1);
});

try {
  await open();
} catch (error) {
  // Who is told to leave while opening closes what the rest of the opening needs.
  if (shutdown.hasBegun()) log.debug({ err: error }, 'the house was closed before it was open');
  else if (isPortTaken(error)) process.stderr.write(`PORT: ${config.PORT} is taken by another program: end that one, or set PORT to another number.\n`);
  else log.error({ err: error }, 'the house could not be opened');
  await leave(1);
}

async function open(): Promise<void> {
  const { world, sandbox } = await openWorld(config, log, shutdown);
  const opened = await createApp(world);
  app = opened;
  shutdown.add('app', () => opened.close());
  opened.http.listen(config.PORT, config.HOST);
  await once(opened.http, 'listening');
  const { port } = opened.http.address() as AddressInfo;
  sandbox?.setWebhookUrl(`http://127.0.0.1:${port}/api/stripe/webhook`);
  const lines = await welcome(opened.deps, { maySeed: config.DEMO && !config.MONGODB_URI });
  process.stdout.write(`${['', `Guildhall is open at ${config.PUBLIC_URL}`, ...lines, ''].join('\n')}\n`);
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' && 'port' in error && error.port === config.PORT;
}

/** A deploy: everybody is moved to other nodes first. Told to end once more, it does not wait for that. */
async function moveOut(): Promise<void> {
  if (!isMoving && app && config.DRAIN_SECONDS > 0) {
    isMoving = true;
    const allMs = config.DRAIN_SECONDS * 1_000;
    const signal = AbortSignal.any([hurry.signal, AbortSignal.timeout(allMs)]);
    await app.moveOut({ noticeMs: Math.min(noticeMs, allMs * noticePart), signal }).catch((error: unknown) => log.error({ err: error }, 'not everybody could be moved to another node'));
  }
  await leave(0);
}

async function leave(code: number): Promise<void> {
  hurry.abort();
  setTimeout(() => process.exit(1), shutdownMs).unref();
  await shutdown.run();
  process.exit(code);
}

function readConfigOrLeave(): Config {
  try {
    return readConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`The configuration has ${error.problems.length === 1 ? 'a problem' : 'problems'}:\n${error.problems.map((problem) => `  ${problem}`).join('\n')}\n`);
    process.exit(1);
  }
}
