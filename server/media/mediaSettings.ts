/** What a stage offers and how much of it one guest may take. Bitrates are in bits per second. */
import type { RouterRtpCodecCapability } from 'mediasoup/types';
import type { TrackKind, TrackSource } from '../../shared/contracts/live/stage.js';
import type { z } from 'zod';

/**
 * VP8 is what every browser sends and decodes; H.264 in its constrained baseline (profile-level-id 42e01f, RFC 6184) is
 * what phones and Safari do in hardware.
 */
export const mediaCodecs: RouterRtpCodecCapability[] = [
  { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000, parameters: { 'x-google-start-bitrate': 1_000 } },
  {
    kind: 'video',
    mimeType: 'video/H264',
    clockRate: 90_000,
    parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1, 'x-google-start-bitrate': 1_000 },
  },
];

/** A guess to begin with, until the estimator knows the listener's line: enough for the camera's middle layer. */
export const initialOutgoingBitrate = 1_000_000;

/**
 * The most that the lowest temporal layer of a screen takes. There is no smaller picture of it to fall back on, so whoever receives
 * a screen is sent as much even where the estimator thinks their line carries less: of the rest, frames are spared.
 */
export const leastBitrateWithScreen = 1_500_000;

/** What one guest may send at most: a camera in three layers (2.2 Mbit/s), a screen (2.5 Mbit/s), sound. */
export const maxIncomingBitrate = 6_000_000;

/** A peer that has not answered ICE consent checks (RFC 7675) for this long counts as disconnected. Seconds. */
export const iceConsentSeconds = 15;

/** Requests for a keyframe within this span reach the sender as one, so that a crowd that joins at once costs one frame. Milliseconds. */
export const keyFrameRequestDelayMs = 1_000;

/** So long nobody must have received a layer before its sender is told that it need not be sent. Milliseconds. */
export const layerSettleMs = 5_000;

/** On one connection: camera, microphone, screen and its sound. */
export const tracksPerGuest = 4;
export const consumersPerGuest = 128;
/** What one member may have on a stage over all their connections, on whatever nodes. A connection has two transports at most. */
export const tracksPerMember = 8;
export const connectionsPerMember = 8;

/** What each source carries. */
export const kindOfSource: Record<TrackSource, z.infer<typeof TrackKind>> = { camera: 'video', microphone: 'audio', screen: 'video', screenAudio: 'audio' };
