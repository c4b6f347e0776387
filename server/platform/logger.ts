/** One line of JSON a happening, on standard output. */
import { pino } from 'pino';

/** The part of pino that the house uses: `log.info({ what: 'it is about' }, 'what happened')`. */
export interface Logger {
  debug(about: object, text?: string): void;
  info(about: object, text?: string): void;
  warn(about: object, text?: string): void;
  error(about: object, text?: string): void;
}

/** @param level - pino's: `debug`, `info`, `warn`, `error` or `silent`. */
export function createLogger(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    // Whatever is logged by mistake: these never reach the log.
    redact: ['*.password', '*.passwordHash', '*.token', '*.accessToken', 'headers.authorization', 'headers.cookie'],
  });
}
