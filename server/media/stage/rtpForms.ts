/** What a client says of its RTP, in mediasoup's own types: only what mediasoup knows goes on to it. */
import { getSupportedRtpCapabilities, parseScalabilityMode } from 'mediasoup';
import type { RtpCapabilities as MediaCapabilities, RtpHeaderExtensionUri, RtpParameters as MediaParameters } from 'mediasoup/types';
import type { RtpCapabilities, RtpParameters } from '../../../shared/contracts/live/stage.js';

type Encoding = NonNullable<RtpParameters['encodings']>[number];

const knownUris: ReadonlySet<string> = new Set(getSupportedRtpCapabilities().headerExtensions?.map((extension) => extension.uri));

const isKnownUri = (uri: string): uri is RtpHeaderExtensionUri => knownUris.has(uri);

/** Header extensions that mediasoup does not know are left out: nobody could be sent them. */
export function readParameters({ encodings, headerExtensions, ...rest }: RtpParameters): MediaParameters {
  return {
    ...rest,
    encodings: encodings && besideNone(encodings, rest.mid),
    headerExtensions: headerExtensions?.flatMap(({ uri, ...extension }) => (isKnownUri(uri) ? [{ uri, ...extension }] : [])),
  };
}

/**
 * A single encoding in two or three temporal layers is announced beside one that never comes, so that mediasoup 3.27 takes it as
 * simulcast. As SVC it would be forwarded by rules that leave viewers without a picture: of VP8 the keyframe itself, which is of
 * the lowest temporal layer, is dropped when a higher one is the aim from the start; and who comes while nothing is sent is given
 * no layer, and nothing looks again when something is, for the silence of a single stream is not watched.
 * (SvcProducerStreamManager, Codecs/VP8 and Producer::CreateRtpStream of its worker.) Other layers within one encoding are left
 * out: it is taken as a whole.
 *
 * @param mid - of the track: names are told apart within a transport.
 */
function besideNone(encodings: Encoding[], mid = ''): Encoding[] {
  const [only] = encodings;
  if (!only || encodings.length > 1) return encodings;
  if (only.scalabilityMode === 'L1T2' || only.scalabilityMode === 'L1T3') return [only, { rid: `none-${mid}` }];
  const { scalabilityMode: _layers, ...whole } = only;
  return [whole];
}

/** Whether what is received has temporal layers and one size: a single encoding, and the one beside it that never comes. */
export function isOfOneSize({ encodings }: MediaParameters): boolean {
  const { spatialLayers, temporalLayers } = parseScalabilityMode(encodings?.[0]?.scalabilityMode);
  return spatialLayers === 2 && temporalLayers > 1;
}

/** Codecs without a payload type are left out too: there would be no number to send them under. */
export function readCapabilities(capabilities: RtpCapabilities): MediaCapabilities {
  return {
    codecs: capabilities.codecs.flatMap(({ preferredPayloadType, ...rest }) => (preferredPayloadType === undefined ? [] : [{ preferredPayloadType, ...rest }])),
    headerExtensions: capabilities.headerExtensions?.flatMap(({ uri, ...rest }) => (isKnownUri(uri) ? [{ uri, ...rest }] : [])),
  };
}
