import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { DocumentStore } from './documentStore.js';

/** How a store is started. */
export interface StartOptions {
  readonly dataDir: string;
  /** A loopback port; any free one unless told. */
  readonly port?: number;
  /** Gets what the store reports, and its crashes and restarts. */
  readonly log?: (line: object) => void;
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

const firstPause = 100;
const longestPause = 5000;

/** The compiled program; from sources that is its twin under `dist`, since a plain Node runs it. */
const program = import.meta.url.endsWith('.ts')
  ? new URL('../../../dist/server/embedded/documentStore/main.js', import.meta.url)
  : new URL('./main.js', import.meta.url);

/**
 * Starts a store in a process of its own, which ends when this process does, however that comes. After a crash it is started anew
 * on the same port, and drivers reconnect by themselves.
 * @throws an Error with the store's own words when it cannot start
 */
export async function startDocumentStore(options: StartOptions): Promise<DocumentStore> {
  const log = options.log ?? (() => undefined);
  let { child, uri } = await launch(options.dataDir, options.port ?? 0, log);
  const port = Number(new URL(uri).port);
  let closing: Promise<void> | undefined;

  async function revive(): Promise<void> {
    for (let pause = firstPause; closing === undefined; pause = Math.min(pause * 2, longestPause)) {
      await setTimeout(pause);
      if (closing !== undefined) return;
      try {
        ({ child } = await launch(options.dataDir, port, log));
        log({ event: 'store restarted', uri });
        watch();
        return;
      } catch (error) {
        log({ event: 'store restart failed', error: String(error) });
      }
    }
  }

  let reviving: Promise<void> = Promise.resolve();
  function watch(): void {
    child.once('exit', (code, signal) => {
      if (closing !== undefined) return;
      log({ event: 'store ended unasked', code, signal });
      reviving = revive();
    });
  }

  async function stop(): Promise<void> {
    await reviving;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    await exit;
  }

  watch();
  return { uri, close: () => (closing ??= stop()) };
}

async function launch(dataDir: string, port: number, log: (line: object) => void): Promise<{ child: Child; uri: string }> {
  const child = spawn(process.execPath, [fileURLToPath(program), '--lifeline', '--data', dataDir, '--port', String(port)], { stdio: ['pipe', 'pipe', 'pipe'] });
  // Writing to a child that is gone is no fault of ours: its 'exit' tells.
  child.stdin.on('error', () => undefined);
  const said: string[] = [];
  createInterface(child.stderr).on('line', (line) => {
    said.push(line);
    if (said.length > 20) said.shift();
    log(parseLine(line));
  });
  const exit = once(child, 'exit');
  const ready = once(createInterface(child.stdout), 'line') as Promise<[string]>;
  const first = await Promise.race([ready, exit.then(() => undefined)]);
  if (first === undefined) throw new Error(`the document store did not start: ${said.join('\n')}`);
  return { child, uri: first[0] };
}

function parseLine(line: string): object {
  try {
    const parsed: unknown = JSON.parse(line);
    if (typeof parsed === 'object' && parsed !== null) return parsed;
  } catch {
    // Not one of the store's own lines: Node or LMDB speaking.
  }
  return { event: 'store said', line };
}
