/**
 * Mends the road of one transport when the network changes under it: by an ICE restart over the transport that stands
 * (RFC 8445, section 9), and where that is refused or leads to nothing in time, by giving the transport up.
 */
import type { types } from 'mediasoup-client';
import { onNetworkChange, onNetworkLost } from '../../api/wake.js';
import type { Road } from './stageState.js';

/** A broken line often comes back by itself; only after this long is a new path asked for. Milliseconds. */
const patience = 3_000;
/** A path that there is, is found in a few round trips; browsers go on looking for half a minute where there is none. Milliseconds. */
const mendWithin = 6_000;
const lookEvery = 250;

export interface RoadEvents {
  roadChanged: (road: Road) => void;
  /** The transport is lost for good: join again. */
  lost: () => void;
}

/**
 * Watches over a transport until it closes.
 *
 * @param restart - negotiates a new path. Whatever it throws, this transport cannot be mended; a new one can be had.
 */
export function mendWhenBroken(transport: types.Transport, restart: () => Promise<void>, events: RoadEvents): void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  /** Counts the restarts; one is no longer waited for when the next has begun. */
  let latest = 0;
  let isMending = false;

  const mend = async (): Promise<void> => {
    clearTimeout(waiting);
    const mine = (latest += 1);
    isMending = true;
    events.roadChanged('mending');
    const isOver = (): boolean => mine !== latest || transport.closed;
    const carries = await Promise.race([restart().then(() => carriesAgain(transport, isOver)), later(mendWithin).then(() => false)]).catch(() => false);
    if (isOver()) return;
    isMending = false;
    if (carries) events.roadChanged('connected');
    else events.lost();
  };
  transport.on('connectionstatechange', (state) => {
    if (state === 'failed') events.lost();
    // Whether the new path carries is seen by what comes over it.
    if (isMending) return;
    clearTimeout(waiting);
    if (state === 'connected') events.roadChanged('connected');
    if (state !== 'disconnected') return;
    events.roadChanged('mending');
    waiting = setTimeout(() => void mend(), patience);
  });
  const isUnderWay = (): boolean => transport.connectionState !== 'new';
  const offs = [
    onNetworkLost(() => isUnderWay() && events.roadChanged('mending')),
    // The old path is not waited for: it went over a network that is no longer there.
    onNetworkChange(() => isUnderWay() && void mend()),
  ];
  transport.observer.on('close', () => {
    clearTimeout(waiting);
    for (const off of offs) off();
  });
}

/**
 * Resolves once something comes in again, or nobody waits any more. The browser's word is not enough: it calls a path
 * connected for seconds after the last packet.
 */
async function carriesAgain(transport: types.Transport, isOver: () => boolean): Promise<boolean> {
  let before = Infinity;
  while (!isOver()) {
    const arrived = arrivedIn(await transport.getStats());
    if (arrived > before && transport.connectionState === 'connected') return true;
    before = arrived;
    await later(lookEvery);
  }
  return false;
}

/** What has come over the paths that there are now: media, and answers to what proves a path. https://www.w3.org/TR/webrtc-stats/#candidatepair-dict* */
function arrivedIn(report: RTCStatsReport): number {
  let arrived = 0;
  report.forEach(({ type, bytesReceived = 0, responsesReceived = 0 }: { type: string; bytesReceived?: number; responsesReceived?: number }) => {
    if (type === 'candidate-pair') arrived += bytesReceived + responsesReceived;
  });
  return arrived;
}

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
