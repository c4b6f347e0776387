/** Wakes somebody when the next thing on an agenda is due. */

/** At most this long between two looks at the clock, in milliseconds: a machine may sleep, a clock may be set. */
const longest = 60_000;
/** At least this long, so that a clock that stands still does not make a busy loop. */
const shortest = 10;

/** A timer that follows an agenda. */
export interface Alarm {
  /** Looks at the agenda again; call it whenever the agenda may have changed. */
  set(): void;
  stop(): void;
}

/**
 * @param next - when the next thing is due (milliseconds since the epoch), if anything is.
 * @param ring - called when it is; it takes what is due off the agenda.
 */
export function createAlarm(now: () => Date, next: () => number | undefined, ring: () => void): Alarm {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const set = (): void => {
    clearTimeout(timer);
    const at = stopped ? undefined : next();
    if (at === undefined) return;
    const wait = Math.min(Math.max(at - now().getTime(), shortest), longest);
    timer = setTimeout(() => (now().getTime() >= at ? ring() : set()), wait);
    // The API's listening port keeps the process alive; this need not.
    timer.unref();
  };
  return {
    set,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
