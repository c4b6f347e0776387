/** Closes what was opened, newest first, and leaves in time. */
import type { Logger } from './logger.js';

export interface Shutdown {
  /** Remembers how to close what was just opened. */
  add(name: string, close: () => Promise<void>): void;
  /** Closes everything, newest first. A part that fails is logged and does not keep the others open. Twice is harmless. */
  run(): Promise<void>;
  hasBegun(): boolean;
}

export function createShutdown(log: Logger): Shutdown {
  const parts: { name: string; close: () => Promise<void> }[] = [];
  const closeAll = async (): Promise<void> => {
    for (const part of parts.toReversed()) {
      try {
        await part.close();
      } catch (error) {
        log.error({ err: error, part: part.name }, 'a part did not close cleanly');
      }
    }
  };
  let running: Promise<void> | null = null;
  return {
    add: (name, close) => void parts.push({ name, close }),
    run: () => (running ??= closeAll()),
    hasBegun: () => running !== null,
  };
}
