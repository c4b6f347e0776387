/**
 * The stage of a workshop: WebRTC signalling for mediasoup (https://mediasoup.org/documentation/v3/).
 * Media parameters are checked for shape and size here, so that nothing unvalidated reaches the native worker; their
 * meaning is mediasoup's to judge.
 */
import { z } from 'zod';
import { ClientId, Id } from '../../ids.js';
import { defineCall, definePush } from '../../define.js';
import { PersonView } from '../members.js';

const short = z.string().max(256);
const Parameters = z.record(short, z.union([z.string().max(512), z.number(), z.boolean(), z.null()]));

export const TrackKind = z.enum(['audio', 'video']);
export const TrackSource = z.enum(['camera', 'microphone', 'screen', 'screenAudio']);
export type TrackSource = z.infer<typeof TrackSource>;

/** DTLS parameters of a client; an empty fingerprint list once killed workers, so it is refused. */
export const DtlsParameters = z.object({
  role: z.enum(['auto', 'client', 'server']).optional(),
  fingerprints: z.array(z.object({ algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']), value: z.string().regex(/^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){15,63}$/) })).min(1).max(8),
});

const RtcpFeedback = z.array(z.object({ type: short, parameter: short.optional() })).max(32);
const HeaderExtension = z.object({ uri: short, id: z.int().min(1).max(255), encrypt: z.boolean().optional(), parameters: Parameters.optional() });
const Encoding = z.object({
  ssrc: z.int().nonnegative().optional(),
  rid: z.string().max(32).optional(),
  codecPayloadType: z.int().min(0).max(127).optional(),
  rtx: z.object({ ssrc: z.int().nonnegative() }).optional(),
  dtx: z.boolean().optional(),
  scalabilityMode: z.string().max(32).optional(),
  maxBitrate: z.number().positive().optional(),
});

/** What a client sends with a track (mediasoup's RtpParameters). Unknown keys are dropped. */
export const RtpParameters = z.object({
  mid: z.string().max(32).optional(),
  codecs: z.array(z.object({ mimeType: short, payloadType: z.int().min(0).max(127), clockRate: z.int().positive(), channels: z.int().positive().optional(), parameters: Parameters.optional(), rtcpFeedback: RtcpFeedback.optional() })).min(1).max(32),
  headerExtensions: z.array(HeaderExtension).max(32).optional(),
  encodings: z.array(Encoding).max(8).optional(),
  rtcp: z.object({ cname: short.optional(), reducedSize: z.boolean().optional() }).optional(),
  msid: short.optional(),
});
export type RtpParameters = z.infer<typeof RtpParameters>;

/** What a client can receive (mediasoup's RtpCapabilities). Unknown keys are dropped. */
export const RtpCapabilities = z.object({
  codecs: z.array(z.object({ kind: TrackKind, mimeType: short, preferredPayloadType: z.int().min(0).max(127).optional(), clockRate: z.int().positive(), channels: z.int().positive().optional(), parameters: Parameters.optional(), rtcpFeedback: RtcpFeedback.optional() })).max(64),
  headerExtensions: z.array(z.object({ kind: TrackKind, uri: short, preferredId: z.int().min(1).max(255), preferredEncrypt: z.boolean().optional(), direction: z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive']).optional() })).max(64).optional(),
});
export type RtpCapabilities = z.infer<typeof RtpCapabilities>;

/** What the server says of a transport; handed to mediasoup-client as it is. */
export const TransportView = z.object({
  id: z.string(),
  iceParameters: z.looseObject({}),
  iceCandidates: z.array(z.looseObject({})),
  dtlsParameters: z.looseObject({}),
});
export type TransportView = z.infer<typeof TransportView>;

/** A track on stage. Its id is the producer's. */
export const TrackView = z.object({
  id: z.string(),
  person: PersonView,
  kind: TrackKind,
  source: TrackSource,
  paused: z.boolean(),
});
export type TrackView = z.infer<typeof TrackView>;

/** A STUN or TURN server, as RTCPeerConnection takes it. */
export const IceServer = z.object({ urls: z.array(z.string()).min(1), username: z.string().optional(), credential: z.string().optional() });

/** Where to find a road when there is no direct one; `expiresAt` is null where nothing runs out. */
export const IceServers = z.object({ servers: z.array(IceServer), expiresAt: z.iso.datetime().nullable() });
export type IceServers = z.infer<typeof IceServers>;

/** The stage as one finds it. `epoch` rises whenever the stage is rebuilt; all ids of an older epoch are void. */
export const StageView = z.object({
  epoch: z.int().nonnegative(),
  routerRtpCapabilities: z.looseObject({}),
  ice: IceServers,
  receive: TransportView,
  /** Only for those who may present. */
  send: TransportView.nullable(),
  tracks: z.array(TrackView),
  /** The track of the one who speaks now; null while nobody does. */
  speakingTrackId: z.string().nullable(),
});
export type StageView = z.infer<typeof StageView>;

/** What is on stage at one moment. */
export const OnStageNow = StageView.pick({ tracks: true, speakingTrackId: true });
export type OnStageNow = z.infer<typeof OnStageNow>;

export const ConsumerView = z.object({
  id: z.string(),
  trackId: z.string(),
  kind: TrackKind,
  rtpParameters: z.looseObject({}),
  trackPaused: z.boolean(),
});
export type ConsumerView = z.infer<typeof ConsumerView>;

const MediaId = z.string().min(1).max(64);
export const OnStage = z.strictObject({ workshopId: Id, epoch: z.int().nonnegative() });
export type OnStage = z.infer<typeof OnStage>;

export const ProbeLine = OnStage.extend({ rtpCapabilities: RtpCapabilities });
export type ProbeLine = z.infer<typeof ProbeLine>;
export const ConnectTransport = OnStage.extend({ transportId: MediaId, dtlsParameters: DtlsParameters });
export type ConnectTransport = z.infer<typeof ConnectTransport>;
/** `clientTrackId` names the track, so that a retry produces it once. */
export const ProduceTrack = OnStage.extend({ transportId: MediaId, clientTrackId: ClientId, kind: TrackKind, source: TrackSource, rtpParameters: RtpParameters });
export type ProduceTrack = z.infer<typeof ProduceTrack>;
export const ConsumeTracks = OnStage.extend({ trackIds: z.array(MediaId).min(1).max(64), rtpCapabilities: RtpCapabilities });
export type ConsumeTracks = z.infer<typeof ConsumeTracks>;
export const ResumeTracks = OnStage.extend({ consumerIds: z.array(MediaId).min(1).max(64) });
export type ResumeTracks = z.infer<typeof ResumeTracks>;
/** What one wants to see of each track, by the size it has on the screen. Layers count up from 0, the smallest. */
export const PreferLayers = OnStage.extend({
  preferences: z.array(z.strictObject({ consumerId: MediaId, spatialLayer: z.int().min(0).max(7), temporalLayer: z.int().min(0).max(7).optional() })).min(1).max(64),
});
export type PreferLayers = z.infer<typeof PreferLayers>;
/** Stops or starts what one receives: nothing is sent of a paused one, and its sender is spared what nobody receives. */
export const PauseConsumers = OnStage.extend({ consumerIds: z.array(MediaId).min(1).max(64), paused: z.boolean() });
export type PauseConsumers = z.infer<typeof PauseConsumers>;
export const PauseTrack = OnStage.extend({ trackId: MediaId, paused: z.boolean() });
export type PauseTrack = z.infer<typeof PauseTrack>;
export const CloseTrack = OnStage.extend({ trackId: MediaId });
export type CloseTrack = z.infer<typeof CloseTrack>;
export const RestartIce = OnStage.extend({ transportId: MediaId });
export type RestartIce = z.infer<typeof RestartIce>;

/** `server.busy`: the node on which the stage stands does not answer; joining again finds it, or has it rebuilt elsewhere. */
const media = ['workshop.not_found', 'media.not_found', 'media.stale_epoch', 'media.unavailable', 'server.busy'] as const;

export const stage = {
  /** Router capabilities, transports and tracks in one reply. Before the workshop is live hosts rehearse unseen, and everybody else waits in the lobby: transports and no tracks. Joining again on the same connection replaces what it had. */
  join: defineCall('stage:join', { input: z.strictObject({ workshopId: Id }), output: StageView, failures: ['workshop.not_found', 'workshop.wrong_state', 'media.preparing', 'media.unavailable', 'media.not_found', 'server.busy'], limit: { points: 20, seconds: 10 } }),
  leave: defineCall('stage:leave', { input: z.strictObject({ workshopId: Id }), output: z.object({}) }),
  /** What is on stage now, for those who joined before the workshop was live. From the reply on its news comes to this connection. */
  look: defineCall('stage:look', { input: OnStage, output: OnStageNow, failures: [...media, 'workshop.wrong_state'] }),
  /** A stream of silence, paused, to measure the line by: it flows for four seconds once it is resumed. */
  probe: defineCall('stage:probe', { input: ProbeLine, output: ConsumerView, failures: [...media, 'media.unsupported'], limit: { points: 10, seconds: 60 } }),
  connect: defineCall('stage:connect', { input: ConnectTransport, output: z.object({}), failures: [...media, 'media.unsupported'] }),
  /** Opens the send transport of somebody who was asked onto the stage after they had joined it. Asking again finds it. */
  present: defineCall('stage:present', { input: OnStage, output: TransportView, failures: media }),
  produce: defineCall('stage:produce', { input: ProduceTrack, output: TrackView, failures: [...media, 'media.unsupported', 'stage.silenced'] }),
  /** Consumers start paused; tracks that are gone or cannot be received are left out. Nothing is consumed in the lobby. */
  consume: defineCall('stage:consume', { input: ConsumeTracks, output: z.array(ConsumerView), failures: [...media, 'workshop.wrong_state'] }),
  resume: defineCall('stage:resume', { input: ResumeTracks, output: z.object({}), failures: media }),
  /** Those that are gone are left out. */
  preferLayers: defineCall('stage:preferLayers', { input: PreferLayers, output: z.object({}), failures: media }),
  pauseConsumers: defineCall('stage:pauseConsumers', { input: PauseConsumers, output: z.object({}), failures: media }),
  /** New credentials for the relay, asked before an ICE restart when the old ones run out. */
  refreshIce: defineCall('stage:refreshIce', { input: z.strictObject({ workshopId: Id }), output: IceServers, failures: ['workshop.not_found'] }),
  pauseTrack: defineCall('stage:pauseTrack', { input: PauseTrack, output: z.object({}), failures: [...media, 'stage.silenced'] }),
  closeTrack: defineCall('stage:closeTrack', { input: CloseTrack, output: z.object({}), failures: media }),
  restartIce: defineCall('stage:restartIce', { input: RestartIce, output: z.object({ iceParameters: z.looseObject({}) }), failures: media }),
  trackAdded: definePush('stage:trackAdded', z.object({ workshopId: Id, epoch: z.int(), track: TrackView })),
  trackChanged: definePush('stage:trackChanged', z.object({ workshopId: Id, epoch: z.int(), track: TrackView })),
  trackRemoved: definePush('stage:trackRemoved', z.object({ workshopId: Id, epoch: z.int(), trackId: z.string() })),
  /** Somebody else speaks now, or (null) nobody does. */
  speakerChanged: definePush('stage:speakerChanged', z.object({ workshopId: Id, epoch: z.int(), speakingTrackId: z.string().nullable() }), { mayBeDropped: true }),
  /** Told to the sender of a track: the highest spatial layer that anybody receives (null: nobody receives any), so that the others need not be sent. */
  layersNeeded: definePush('stage:layersNeeded', z.object({ workshopId: Id, epoch: z.int(), trackId: z.string(), topLayer: z.int().nonnegative().nullable() })),
  /** The stage was rebuilt under a new epoch (a media worker died, or its node): join again. */
  reset: definePush('stage:reset', z.object({ workshopId: Id, epoch: z.int() })),
  /** Told to one connection: the worker it received from is gone, or its node is about to leave; the stage goes on under the same epoch. Join again. */
  moved: definePush('stage:moved', z.object({ workshopId: Id, epoch: z.int() })),
  /** The node on which the stage stands, or from which this connection receives it, is about to leave: a moment of stillness will come, and nothing is to be done. */
  moving: definePush('stage:moving', z.object({ workshopId: Id })),
} as const;
