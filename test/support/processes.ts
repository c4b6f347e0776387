/** Real processes for tests and benches: Redis, the document store alone, and the built server. Whoever starts one stops it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** Tests and benches are run from the top of the checkout. */
const root = process.cwd();
const built = (file: string): string => path.join(root, 'dist', file);
const readyWithinMs = 60_000;

export interface Running {
  pid: number;
  /** Everything it wrote so far, both outputs together. */
  output(): string;
  /** The exit code, once it has ended; null when a signal ended it. */
  ended: Promise<number | null>;
  /** SIGTERM, and the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

/** A port nobody listens on now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

export interface StartOptions {
  /** In a process group of its own, as a terminal would have it: `process.kill(-pid, …)` reaches it and all it started. */
  ownGroup?: boolean;
}

/** Starts a program and waits for a line that matches `ready`; answers it together with what the line captured. */
async function start(command: string, args: string[], environment: NodeJS.ProcessEnv, ready: RegExp, { ownGroup = false }: StartOptions = {}): Promise<{ running: Running; found: RegExpMatchArray }> {
  const child = spawn(command, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'], cwd: root, detached: ownGroup });
  const lines: string[] = [];
  const found = await new Promise<RegExpMatchArray>((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`${command} ${args.join(' ')} ${why}\n${lines.slice(-40).join('\n')}`));
    const timer = setTimeout(() => fail('was not ready in time'), readyWithinMs);
    const read = (line: string): void => {
      lines.push(line);
      const match = line.match(ready);
      if (!match) return;
      clearTimeout(timer);
      resolve(match);
    };
    createInterface({ input: child.stdout }).on('line', read);
    createInterface({ input: child.stderr }).on('line', read);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(`ended with ${code}`);
    });
  });
  return { running: runningOf(child, lines), found };
}

function runningOf(child: ChildProcess, lines: readonly string[]): Running {
  const ended = child.exitCode === null ? once(child, 'exit').then(([code]) => code as number | null) : Promise.resolve(child.exitCode);
  return {
    pid: child.pid ?? 0,
    output: () => lines.join('\n'),
    ended,
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** A Redis without a disk. Give the port of one that was stopped to start it again in its place. */
export async function startRedis(port?: number): Promise<Running & { url: string; port: number }> {
  const own = port ?? (await freePort());
  const { running } = await start('redis-server', ['--port', String(own), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], process.env, /Ready to accept connections/);
  return { ...running, port: own, url: `redis://127.0.0.1:${own}` };
}

/** A relay (coturn) on loopback that shares `secret` with the house, and relays to loopback too. */
export async function startRelay(secret: string): Promise<Running & { url: string }> {
  const port = String(await freePort());
  const folder = await mkdtemp(path.join(os.tmpdir(), 'guildhall-relay-'));
  const own = ['--pidfile', path.join(folder, 'pid'), '--userdb', path.join(folder, 'users'), '--log-file', 'stdout'];
  const place = ['--listening-ip', '127.0.0.1', '--relay-ip', '127.0.0.1', '--listening-port', port, '--allow-loopback-peers', '--realm', 'test'];
  const { running } = await start('turnserver', ['-n', ...own, ...place, '--use-auth-secret', '--static-auth-secret', secret, '--no-cli', '--no-tls', '--no-dtls', '--verbose'], process.env, /Total General servers/);
  const stop = async (): Promise<number | null> => {
    const code = await running.stop();
    await rm(folder, { recursive: true, force: true });
    return code;
  };
  return { ...running, stop, url: `turn:127.0.0.1:${port}?transport=udp` };
}

/** The embedded document store as a process of its own, which several servers share. */
export async function startStore(dataDir: string): Promise<Running & { uri: string }> {
  const { running, found } = await start(process.execPath, [built('server/embedded/documentStore/main.js'), '--data', dataDir, '--port', String(await freePort())], process.env, /(mongodb:\/\/[^\s"]+)/);
  return { ...running, uri: found[1] ?? '' };
}

/** What Node is given with the server, here as by `npm start` and in a container. */
export const serverFlags: readonly string[] = ['--use-largepages=silent', '--enable-source-maps'];

/** The built server. Nothing of this process's own configuration reaches it but what is given. */
export async function startServer(environment: Record<string, string>, options: StartOptions = {}): Promise<Running & { url: string }> {
  const port = environment['PORT'] ?? String(await freePort());
  const inherited = { PATH: process.env['PATH'], HOME: process.env['HOME'], MEDIASOUP_WORKER_BIN: process.env['MEDIASOUP_WORKER_BIN'] };
  const { running } = await start(process.execPath, [...serverFlags, built('server/main.js')], { ...inherited, HOST: '127.0.0.1', MEDIA_PORT: '0', ...environment, PORT: port }, /Guildhall is open at/, options);
  return { ...running, url: `http://127.0.0.1:${port}` };
}
