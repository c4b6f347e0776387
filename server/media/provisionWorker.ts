/** Gets hold of the mediasoup-worker program while the house already serves: runs the set-up tool as a child and follows what it says. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Logger } from '../platform/logger.js';

/** What came of it: the program's path, or why there is none. */
export type Provision = { bin: string } | { unavailable: string };

/** `progress` runs from 0 to 1; `text` is one plain sentence. */
export type ReportProgress = (progress: number, text: string) => void;

/** The lines that `tools/mediaWorker/provision.mjs --json` prints. */
const Line = z.discriminatedUnion('state', [
  z.object({ state: z.literal('preparing'), done: z.number().nonnegative(), total: z.number().positive(), text: z.string() }),
  z.object({ state: z.literal('ready'), bin: z.string() }),
  z.object({ state: z.literal('unavailable'), reason: z.string() }),
]);

export interface ProvisionWorkerOptions {
  /** Path of `tools/mediaWorker/provision.mjs`. */
  tool: string;
  /** Lets the tool install the system packages that a build needs, where it may. */
  installSystemPackages: boolean;
  log: Logger;
}

/**
 * A way to provision the worker, for `createStages`. When the house closes first, the tool is left to finish on its own:
 * what it builds is kept for the next start.
 */
export function provisionWorker(options: ProvisionWorkerOptions): (report: ReportProgress, signal: AbortSignal) => Promise<Provision> {
  return (report, signal) =>
    new Promise((resolve) => {
      const flags = ['--json', ...(options.installSystemPackages ? ['--install-system-packages'] : [])];
      const child = spawn(process.execPath, [options.tool, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
      let outcome: Provision | null = null;
      createInterface(child.stdout).on('line', (text) => {
        const line = readLine(text);
        if (line?.state === 'preparing') report(Math.min(line.done / line.total, 1), line.text);
        else if (line) outcome = line.state === 'ready' ? { bin: line.bin } : { unavailable: line.reason };
      });
      createInterface(child.stderr).on('line', (text) => options.log.info({ tool: 'mediaWorker' }, text));
      child.on('error', (error) => resolve({ unavailable: `The set-up of live video could not be started: ${error.message}` }));
      child.on('close', (code) => resolve(outcome ?? { unavailable: `The set-up of live video ended without an answer (exit code ${code}).` }));
      signal.addEventListener('abort', () => {
        child.unref();
        child.stdout.destroy();
        child.stderr.destroy();
        resolve({ unavailable: 'The house is closing.' });
      });
    });
}

function readLine(text: string): z.infer<typeof Line> | null {
  try {
    return Line.parse(JSON.parse(text));
  } catch {
    // Not one of the tool's own lines: something it runs has spoken.
    return null;
  }
}
