import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { houseRoot } from './house.mjs';

/**
 * @typedef {object} ChildOptions
 * @property {NodeJS.ProcessEnv} [env] The whole environment; the current one when absent.
 * @property {string} [cwd] The checkout when absent.
 * @property {'inherit' | 'tee' | 'capture'} [output] What happens to the child's output: straight to ours; to our stderr
 *   and kept; or only kept.
 * @property {number} [timeoutMs] The child is killed after this time.
 * @property {boolean} [group] Runs it in a process group of its own, so that what it starts in turn ends with it.
 *
 * @typedef {object} ChildResult
 * @property {number} code The exit code; 128 + the signal's number when a signal ended it; 127 when it could not start.
 * @property {string} output The last 64 KiB of what was kept, stdout and stderr as they came.
 */

const keptBytes = 64 * 1024;

/**
 * How to reach the children that still run; they end when this process is told to end.
 *
 * @type {Set<(signal: NodeJS.Signals) => void>}
 */
const running = new Set();

/**
 * Runs a program to its end. SIGINT and SIGTERM that reach this process are passed on to it meanwhile.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {ChildOptions} [options]
 * @returns {Promise<ChildResult>} Never rejects: a program that cannot be started has code 127.
 */
export function runChild(command, args, { env = process.env, cwd = houseRoot, output = 'inherit', timeoutMs, group = false } = {}) {
  return new Promise((resolve) => {
    let kept = '';
    /** @type {import('node:child_process').StdioOptions} */
    const stdio = output === 'inherit' ? 'inherit' : ['ignore', 'pipe', 'pipe'];
    const child = spawn(command, args, { cwd, env, stdio, timeout: timeoutMs, killSignal: 'SIGKILL', detached: group });
    const stopForwarding = forwardSignals(child, group);
    const keep = (/** @type {Buffer} */ chunk) => {
      kept = (kept + chunk.toString('utf8')).slice(-keptBytes);
      if (output === 'tee') process.stderr.write(chunk);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    const finish = (/** @type {number} */ code) => {
      stopForwarding();
      resolve({ code, output: kept });
    };
    child.on('error', (error) => {
      kept += error.message;
      finish(127);
    });
    child.on('close', (code, signal) => finish(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

/** @type {readonly NodeJS.Signals[]} */
const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {boolean} group
 * @returns {() => void} Ends the forwarding.
 */
function forwardSignals(child, group) {
  const forward = (/** @type {NodeJS.Signals} */ signal) => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    process.kill(group ? -child.pid : child.pid, signal);
  };
  if (running.size === 0) for (const signal of forwarded) process.on(signal, passOn);
  running.add(forward);
  return () => {
    running.delete(forward);
    if (running.size === 0) for (const signal of forwarded) process.off(signal, passOn);
  };
}

/** @param {NodeJS.Signals} signal */
function passOn(signal) {
  for (const forward of running) forward(signal);
}
