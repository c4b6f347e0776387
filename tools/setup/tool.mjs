/**
 * A failure that a person can act on: its message is one or two plain sentences that say what is missing and how to get
 * it. The tools print it without a stack.
 */
export class PlainError extends Error {
  /**
   * @param {string} message
   * @param {number} [exitCode] What the process exits with.
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.name = 'PlainError';
    this.exitCode = exitCode;
  }
}

/**
 * Tells the reader what is going on. It goes to stderr, so that a tool's stdout carries nothing but its result.
 *
 * @param {string} text One line, without a line break.
 */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * Says every ten seconds that something still goes on, until it ends.
 *
 * @template T
 * @param {string} text What goes on.
 * @param {Promise<T>} work
 * @returns {Promise<T>} The outcome of the work.
 */
export async function sayWhile(text, work) {
  const startedAt = performance.now();
  const timer = setInterval(() => say(`${text} (${Math.round((performance.now() - startedAt) / 1000)} s)`), 10_000);
  return work.finally(() => clearInterval(timer));
}

/**
 * Runs a tool's main function and turns its outcome into the exit code.
 *
 * @param {() => Promise<number | void>} main Resolves with the exit code; nothing means 0.
 */
export function runTool(main) {
  endWithNpm();
  main().then(
    (code) => {
      process.exitCode = code ?? 0;
    },
    (/** @type {unknown} */ error) => {
      if (error instanceof PlainError) say(`\n${error.message}`);
      else say(error instanceof Error ? (error.stack ?? error.message) : String(error));
      process.exitCode = error instanceof PlainError ? error.exitCode : 1;
    },
  );
}

/**
 * npm runs a script through a shell and passes SIGTERM on to that shell only, which dies of it and tells nobody. So that
 * no server is left behind holding the port, the shell's end counts as a SIGTERM to us.
 */
function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  // What we start is not npm's: the media worker's build, for one, may outlive the server that asked for it.
  delete process.env.npm_lifecycle_event;
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 250);
  watch.unref();
}
