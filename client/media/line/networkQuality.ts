/** How well the line carries the stage, from WebRTC's own counters. https://www.w3.org/TR/webrtc-stats/ */
import type { StageStats } from '../stage/stageState.js';

/** The counters of one moment; bytes, packets and frozen time since the beginning, `rttMs` of now. */
export interface Counters {
  at: number;
  bytesIn: number;
  packetsIn: number;
  lostIn: number;
  bytesOut: number;
  /** Of what we send, the share the other side misses, 0 to 1. */
  lossOut: number;
  rttMs: number | null;
  /** How long pictures of cameras stood still, all together. Milliseconds. */
  frozenMs: number;
}

/** Whose the trouble is: what comes in over one's own line, what one sends over it, or what the sender sends. */
export type Trouble = 'receiving' | 'sending' | 'delay' | 'sender';

export interface NetworkQuality {
  verdict: 'good' | 'fair' | 'poor';
  /** What the verdict rests on; null where it is good. */
  trouble: Trouble | null;
  /** Shares of packets lost since the sample before, 0 to 1. */
  lossIn: number;
  lossOut: number;
  rttMs: number | null;
  /** Of the time since the sample before, the share in which a picture stood still, 0 to 1. */
  frozen: number;
  /** Kilobits per second since the sample before. */
  kbitIn: number;
  kbitOut: number;
}

/** Above these, talk becomes hard to follow: 2 % loss and a quarter second are noticed, 8 % and 600 ms break sentences. */
const bounds = { loss: { fair: 0.02, poor: 0.08 }, rttMs: { fair: 250, poor: 600 }, frozen: { fair: 0.1, poor: 0.4 } };

/**
 * @param at milliseconds, from a clock that never goes back.
 * @param screens a screen has no pictures while nobody types, which WebRTC calls a freeze as soon as somebody does again: whether
 * one stands still tells nothing.
 */
export function readCounters(at: number, { receive, send, screens }: Pick<StageStats, 'receive' | 'send' | 'screens'>): Counters {
  const counters: Counters = { at, bytesIn: 0, packetsIn: 0, lostIn: 0, bytesOut: 0, lossOut: 0, rttMs: null, frozenMs: 0 };
  for (const stat of [...rowsOf(receive), ...(send ? rowsOf(send) : [])]) {
    if (stat.type === 'inbound-rtp') {
      counters.bytesIn += numberOf(stat.bytesReceived);
      counters.packetsIn += numberOf(stat.packetsReceived);
      counters.lostIn += numberOf(stat.packetsLost);
      if (typeof stat.trackIdentifier !== 'string' || !screens.has(stat.trackIdentifier)) counters.frozenMs += numberOf(stat.totalFreezesDuration) * 1_000;
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
  const spanMs = Math.max(now.at - before.at, 1);
  const lost = Math.max(now.lostIn - before.lostIn, 0);
  const came = Math.max(now.packetsIn - before.packetsIn, 0);
  const measured = {
    lossIn: lost + came > 0 ? lost / (lost + came) : 0,
    lossOut: now.lossOut,
    rttMs: now.rttMs === null ? null : Math.round(now.rttMs),
    frozen: Math.min(Math.max(now.frozenMs - before.frozenMs, 0) / spanMs, 1),
  };
  const rate = (bytes: number) => Math.round((Math.max(bytes, 0) * 8) / spanMs);
  return { ...verdictOf(measured), ...measured, kbitIn: rate(now.bytesIn - before.bytesIn), kbitOut: rate(now.bytesOut - before.bytesOut) };
}

type Measured = Pick<NetworkQuality, 'lossIn' | 'lossOut' | 'rttMs' | 'frozen'>;

const grades = ['good', 'fair', 'poor'] as const;

function verdictOf({ lossIn, lossOut, rttMs, frozen }: Measured): Pick<NetworkQuality, 'verdict' | 'trouble'> {
  const grade = (value: number, bound: { fair: number; poor: number }) => Number(value > bound.fair) + Number(value > bound.poor);
  const ofLine: [Trouble, number][] = [['receiving', grade(lossIn, bounds.loss)], ['sending', grade(lossOut, bounds.loss)], ['delay', grade(rttMs ?? 0, bounds.rttMs)]];
  const worst = ofLine.reduce((one, other) => (other[1] > one[1] ? other : one));
  // A picture that stands still though all of it arrived in time was not sent any better.
  const [trouble, bad] = worst[1] > 0 ? worst : (['sender', grade(frozen, bounds.frozen)] as const);
  return { verdict: grades[bad] ?? 'poor', trouble: bad === 0 ? null : trouble };
}

type StatRow = Record<string, unknown>;

/** The rows of a report. */
export function rowsOf(report: RTCStatsReport): StatRow[] {
  const rows: StatRow[] = [];
  report.forEach((row: StatRow) => rows.push(row));
  return rows;
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
