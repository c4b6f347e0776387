/** Measures the line over the very transport that will carry the stage, by a stream of silence that the stage sends for a few seconds. */
import type { types } from 'mediasoup-client';
import { RtpCapabilities, type ConsumerView } from '../../../shared/contracts/live/stage.js';
import type { LineMeasure } from './lineVerdict.js';
import { rowsOf } from './networkQuality.js';

/** How long a transport may take to find its road. Milliseconds. */
const patience = 12_000;
/** The first moments tell of the beginning, not of the line. Milliseconds. */
const settling = 700;
const measuring = 2_000;

/** How the stream of silence is asked for, by what the transport belongs to. */
export interface Probing {
  /** Answers a consumer of it that is paused. */
  probe(rtpCapabilities: RtpCapabilities): Promise<ConsumerView>;
  resume(consumerId: string): Promise<unknown>;
}

/**
 * Connects the transport, if it is not yet, and measures. Takes about three seconds.
 *
 * @returns null where the transport finds no road.
 * @throws what the probe is refused with; {@link OfflineError}.
 */
export async function measureLine(device: types.Device, receive: types.Transport, probing: Probing): Promise<LineMeasure | null> {
  const view = await probing.probe(RtpCapabilities.parse(device.recvRtpCapabilities));
  // Silence of its own stream: it must not be kept in step with anything that is heard.
  const consumer = await receive.consume({ id: view.id, producerId: view.trackId, kind: view.kind, rtpParameters: view.rtpParameters as unknown as types.RtpParameters, streamId: 'probe' });
  try {
    if (!(await isConnected(receive))) return null;
    await probing.resume(view.id);
    await pass(settling);
    const before = await sampleOf(consumer);
    await pass(measuring);
    return measureBetween(before, await sampleOf(consumer));
  } finally {
    consumer.close();
  }
}

function isConnected(transport: types.Transport): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (answer: boolean) => {
      clearTimeout(timer);
      transport.off('connectionstatechange', look);
      resolve(answer);
    };
    const look = () => {
      if (transport.connectionState === 'connected') settle(true);
      else if (transport.closed || transport.connectionState === 'failed' || transport.connectionState === 'closed') settle(false);
    };
    const timer = setTimeout(() => settle(false), patience);
    transport.on('connectionstatechange', look);
    transport.observer.once('close', () => settle(false));
    look();
  });
}

interface Sample {
  at: number;
  bytes: number;
  packets: number;
  lost: number;
  rttMs: number | null;
  road: LineMeasure['road'];
}

async function sampleOf(consumer: types.Consumer): Promise<Sample> {
  const rows = rowsOf(await consumer.getStats());
  const inbound = rows.find(({ type }) => type === 'inbound-rtp');
  const pair = rows.find(({ type, nominated, state }) => type === 'candidate-pair' && nominated === true && state === 'succeeded');
  const local = rows.find(({ id }) => id === pair?.localCandidateId);
  const number = (value: unknown) => (typeof value === 'number' ? value : 0);
  return {
    at: performance.now(),
    bytes: number(inbound?.bytesReceived) + number(inbound?.headerBytesReceived),
    packets: number(inbound?.packetsReceived),
    lost: number(inbound?.packetsLost),
    rttMs: typeof pair?.currentRoundTripTime === 'number' ? Math.round(pair.currentRoundTripTime * 1_000) : null,
    road: local?.candidateType === 'relay' ? 'relay' : local?.protocol === 'tcp' ? 'tcp' : 'udp',
  };
}

function measureBetween(before: Sample, after: Sample): LineMeasure {
  const lost = Math.max(after.lost - before.lost, 0);
  const came = Math.max(after.packets - before.packets, 0);
  return {
    rttMs: after.rttMs,
    loss: lost + came > 0 ? lost / (lost + came) : 1,
    kbit: Math.round(((after.bytes - before.bytes) * 8) / (after.at - before.at)),
    road: after.road,
  };
}

function pass(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
