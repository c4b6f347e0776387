/** What a client says of its RTP, in mediasoup's own types: only what mediasoup knows goes on to it. */
import { getSupportedRtpCapabilities } from 'mediasoup';
import type { RtpCapabilities as MediaCapabilities, RtpHeaderExtensionUri, RtpParameters as MediaParameters } from 'mediasoup/types';
import type { RtpCapabilities, RtpParameters } from '../../../shared/contracts/live/stage.js';

const knownUris: ReadonlySet<string> = new Set(getSupportedRtpCapabilities().headerExtensions?.map((extension) => extension.uri));

const isKnownUri = (uri: string): uri is RtpHeaderExtensionUri => knownUris.has(uri);

/** Header extensions that mediasoup does not know are left out: nobody could be sent them. */
export function readParameters(parameters: RtpParameters): MediaParameters {
  return { ...parameters, headerExtensions: parameters.headerExtensions?.flatMap(({ uri, ...rest }) => (isKnownUri(uri) ? [{ uri, ...rest }] : [])) };
}

/** Codecs without a payload type are left out too: there would be no number to send them under. */
export function readCapabilities(capabilities: RtpCapabilities): MediaCapabilities {
  return {
    codecs: capabilities.codecs.flatMap(({ preferredPayloadType, ...rest }) => (preferredPayloadType === undefined ? [] : [{ preferredPayloadType, ...rest }])),
    headerExtensions: capabilities.headerExtensions?.flatMap(({ uri, ...rest }) => (isKnownUri(uri) ? [{ uri, ...rest }] : [])),
  };
}
