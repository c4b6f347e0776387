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
 * Runs a tool's main function and turns its outcome into the exit code.
 *
 * @param {() => Promise<number | void>} main Resolves with the exit code; nothing means 0.
 */
export function runTool(main) {
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
