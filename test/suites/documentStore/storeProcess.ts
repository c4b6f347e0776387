/** The store's compiled program as a process of a test's own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

const program = path.join(import.meta.dirname, '../../../dist/server/embedded/documentStore/main.js');

/** A store process and what it has said on stderr. */
export interface StoreProcess {
  readonly uri: string;
  readonly pid: number;
  readonly said: readonly string[];
  readonly child: ChildProcess;
  /** Ends it by a signal and waits until it is gone. */
  end(signal: NodeJS.Signals): Promise<void>;
}

/** A folder that goes when the test does. */
export async function testFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'store-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * Starts the store and waits for its URI.
 * @param prefix a shell command to run before it in the same shell, as `ulimit -f 4096`
 * @throws an Error with its words when it ends instead
 */
export async function startStoreProcess(dataDir: string, options: { port?: number; socket?: string; prefix?: string } = {}): Promise<StoreProcess> {
  if (!existsSync(program)) throw new Error('the server is not built: npm run build');
  const command = `${options.prefix ?? 'true'}; exec "$0" "$@"`;
  const place = options.socket === undefined ? ['--port', String(options.port ?? 0)] : ['--socket', options.socket];
  const child = spawn('sh', ['-c', command, process.execPath, program, '--lifeline', '--data', dataDir, ...place], { stdio: ['pipe', 'pipe', 'pipe'] });
  const said: string[] = [];
  createInterface(child.stderr).on('line', (line) => said.push(line));
  const gone = once(child, 'exit');
  onTestFinished(() => void child.kill('SIGKILL'));
  const first = (await Promise.race([once(createInterface(child.stdout), 'line'), gone.then(() => undefined)])) as [string] | undefined;
  if (first === undefined) throw new Error(`the store ended: ${said.join('\n')}`);
  return {
    uri: first[0], pid: child.pid ?? 0, said, child,
    async end(signal) {
      child.kill(signal);
      await gone;
    },
  };
}
