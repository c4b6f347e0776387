/** How each source is sent: codec, layers and bitrates. Bits per second throughout. */
import type { types } from 'mediasoup-client';
import type { TrackSource } from '../../../shared/contracts/live/stage.js';

/**
 * Three layers of the camera, so that each listener gets what their line carries. The bitrates are for a 1280 x 720 camera.
 * Form: https://mediasoup.org/documentation/v3/mediasoup/rtp-parameters-and-capabilities/#Simulcast
 */
const cameraLayers: types.RtpEncodingParameters[] = [
  { scaleResolutionDownBy: 4, maxBitrate: 150_000, scalabilityMode: 'L1T3' },
  { scaleResolutionDownBy: 2, maxBitrate: 500_000, scalabilityMode: 'L1T3' },
  { scaleResolutionDownBy: 1, maxBitrate: 1_500_000, scalabilityMode: 'L1T3' },
];

/**
 * A scaled-down screen of code cannot be read, so a screen has one layer in full size. What drops is frames: those of its three
 * temporal layers that a line does not carry, or that a listener who saves data does without.
 */
const screenLayer: types.RtpEncodingParameters[] = [{ maxBitrate: 2_500_000, maxFramerate: 15, scalabilityMode: 'L1T3' }];

/** The part of mediasoup-client's options that depends on the source. VP8 is what every browser decodes. */
export function sendingOptions(source: TrackSource, device: types.Device): Partial<types.ProducerOptions> {
  const codec = device.sendRtpCapabilities.codecs?.find((each) => each.mimeType.toLowerCase() === 'video/vp8');
  if (source === 'camera') return { codec, encodings: cameraLayers, codecOptions: { videoGoogleStartBitrate: 1_000 } };
  if (source === 'screen') return { codec, encodings: screenLayer, codecOptions: { videoGoogleStartBitrate: 1_000 } };
  const isSpeech = source === 'microphone';
  return { codecOptions: { opusDtx: isSpeech, opusFec: true, opusStereo: !isSpeech } };
}

/** Tracks of one person that must stay in step (lips and voice, screen and its sound) share a stream. */
export function streamOf(personId: string, source: TrackSource): string {
  return `${personId}:${source === 'screen' || source === 'screenAudio' ? 'screen' : 'camera'}`;
}
