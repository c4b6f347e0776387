/** How well the line carries the stage, from WebRTC's own counters. https://www.w3.org/TR/webrtc-stats/ */

/** The counters of one moment; bytes and packets since the beginning, `rttMs` of now. */
export interface Counters {
  at: number;
  bytesIn: number;
  packetsIn: number;
  lostIn: number;
  bytesOut: number;
  /** Of what we send, the share the other side misses, 0 to 1. */
  lossOut: number;
  rttMs: number | null;
}

export interface NetworkQuality {
  verdict: 'good' | 'fair' | 'poor';
  /** Share of packets lost since the sample before, 0 to 1; the worse of both directions. */
  loss: number;
  rttMs: number | null;
  /** Kilobits per second since the sample before. */
  kbitIn: number;
  kbitOut: number;
}

/** Above these, talk becomes hard to follow: 2 % loss and a quarter second are noticed, 8 % and 600 ms break sentences. */
const fair = { loss: 0.02, rttMs: 250 };
const poor = { loss: 0.08, rttMs: 600 };

/** @param at milliseconds, from a clock that never goes back. */
export function readCounters(at: number, receive: RTCStatsReport, send: RTCStatsReport | null): Counters {
  const counters: Counters = { at, bytesIn: 0, packetsIn: 0, lostIn: 0, bytesOut: 0, lossOut: 0, rttMs: null };
  for (const stat of [...rowsOf(receive), ...(send ? rowsOf(send) : [])]) {
    if (stat.type === 'inbound-rtp') {
      counters.bytesIn += numberOf(stat.bytesReceived);
      counters.packetsIn += numberOf(stat.packetsReceived);
      counters.lostIn += numberOf(stat.packetsLost);
    } else if (stat.type === 'outbound-rtp') counters.bytesOut += numberOf(stat.bytesSent);
    else if (stat.type === 'remote-inbound-rtp') counters.lossOut = Math.max(counters.lossOut, numberOf(stat.fractionLost));
    else if (stat.type === 'candidate-pair' && stat.nominated === true && typeof stat.currentRoundTripTime === 'number') {
      counters.rttMs = Math.max(counters.rttMs ?? 0, stat.currentRoundTripTime * 1_000);
    }
  }
  return counters;
}

/** Judges the time between two samples of the same transports. */
export function judge(before: Counters, now: Counters): NetworkQuality {
  const seconds = Math.max((now.at - before.at) / 1_000, 0.001);
  const lost = Math.max(now.lostIn - before.lostIn, 0);
  const came = Math.max(now.packetsIn - before.packetsIn, 0);
  const loss = Math.max(lost + came > 0 ? lost / (lost + came) : 0, now.lossOut);
  const exceeds = (bound: typeof fair) => loss > bound.loss || (now.rttMs ?? 0) > bound.rttMs;
  const rate = (bytes: number) => Math.round((Math.max(bytes, 0) * 8) / 1_000 / seconds);
  return {
    verdict: exceeds(poor) ? 'poor' : exceeds(fair) ? 'fair' : 'good',
    loss,
    rttMs: now.rttMs === null ? null : Math.round(now.rttMs),
    kbitIn: rate(now.bytesIn - before.bytesIn),
    kbitOut: rate(now.bytesOut - before.bytesOut),
  };
}

type StatRow = Record<string, unknown>;

function rowsOf(report: RTCStatsReport): StatRow[] {
  const rows: StatRow[] = [];
  report.forEach((row: StatRow) => rows.push(row));
  return rows;
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
