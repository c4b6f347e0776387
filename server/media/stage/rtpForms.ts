/** What a client says of its RTP, in mediasoup's own types: only what mediasoup knows goes on to it. */
import { getSupportedRtpCapabilities } from 'mediasoup';
import type { RtpCapabilities as MediaCapabilities, RtpHeaderExtensionUri, RtpParameters as MediaParameters } from 'mediasoup/types';
import type { RtpCapabilities, RtpParameters } from '../../../shared/contracts/live/stage.js';

const knownUris: ReadonlySet<string> = new Set(getSupportedRtpCapabilities().headerExtensions?.map((extension) => extension.uri));

const isKnownUri = (uri: string): uri is RtpHeaderExtensionUri => knownUris.has(uri);

/**
 * Header extensions that mediasoup does not know are left out: nobody could be sent them. So are the layers within a single
 * encoding. mediasoup 3.27 forwards such a stream by rules that can leave a viewer without it: who comes while nothing is sent
 * is given no layer, and nothing looks again when something is; and of VP8 the keyframe itself, which is of the lowest
 * temporal layer, is dropped when a higher one is the aim from the start (SvcProducerStreamManager and Codecs/VP8 of its worker).
 */
export function readParameters({ encodings, headerExtensions, ...rest }: RtpParameters): MediaParameters {
  return {
    ...rest,
    encodings: encodings?.length === 1 ? encodings.map(({ scalabilityMode: _layers, ...encoding }) => encoding) : encodings,
    headerExtensions: headerExtensions?.flatMap(({ uri, ...extension }) => (isKnownUri(uri) ? [{ uri, ...extension }] : [])),
  };
}

/** Codecs without a payload type are left out too: there would be no number to send them under. */
export function readCapabilities(capabilities: RtpCapabilities): MediaCapabilities {
  return {
    codecs: capabilities.codecs.flatMap(({ preferredPayloadType, ...rest }) => (preferredPayloadType === undefined ? [] : [{ preferredPayloadType, ...rest }])),
    headerExtensions: capabilities.headerExtensions?.flatMap(({ uri, ...rest }) => (isKnownUri(uri) ? [{ uri, ...rest }] : [])),
  };
}
