/**
 * When a page may have missed something without having been told: it comes back into sight, is thawed (Page Lifecycle),
 * returns from the back/forward cache, or its network changed.
 */
type Handler = (awayMs: number) => void;
const handlers = new Set<Handler>();
/** These come in pairs and triples. */
const togetherMs = 250;
let wokeAt = -Infinity;
/** Since when the page is out of sight, on the clock that goes on while the machine sleeps. */
let hiddenAt: number | null = null;

function wake(): void {
  const now = performance.now();
  if (now - wokeAt < togetherMs) return;
  wokeAt = now;
  const awayMs = hiddenAt === null ? 0 : Date.now() - hiddenAt;
  for (const handler of [...handlers]) handler(awayMs);
}

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') {
    wake();
    hiddenAt = null;
  } else hiddenAt = Date.now();
});
document.addEventListener('resume', wake);
addEventListener('pageshow', (event) => {
  if (event.persisted) wake();
});
/** What browsers on phones tell of their network; absent elsewhere. https://wicg.github.io/netinfo/ */
const { connection } = navigator as Navigator & { connection?: EventTarget & { type?: string } };

/**
 * Calls `handler` when the network was exchanged for another, or is there again: what went over the old one may find a way
 * over the new. That it only became slower or faster is nothing here. The answer stops it.
 */
export function onNetworkChange(handler: () => void): () => void {
  let type = connection?.type;
  const look = (): void => {
    if (connection?.type === type) return;
    type = connection?.type;
    handler();
  };
  addEventListener('online', handler);
  connection?.addEventListener('change', look);
  return () => {
    removeEventListener('online', handler);
    connection?.removeEventListener('change', look);
  };
}

/** Calls `handler` when the browser has no network any more; the answer stops it. */
export function onNetworkLost(handler: () => void): () => void {
  addEventListener('offline', handler);
  return () => removeEventListener('offline', handler);
}

/** Calls `handler` each time, with how long the page was out of sight; the answer stops it. */
export function onWake(handler: Handler): () => void {
  handlers.add(handler);
  return () => handlers.delete(handler);
}

onNetworkChange(wake);
