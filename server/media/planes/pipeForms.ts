/** What two nodes tell each other of the pipe between them. Both are nodes of this house: shapes are checked, meaning is trusted. */
import type { RtpParameters, SrtpParameters } from 'mediasoup/types';
import { z } from 'zod';
import { TrackKind } from '../../../shared/contracts/live/stage.js';

/** One end of a pipe: where it receives, and the keys that it sends under (SRTP, RFC 3711). */
export const PipeEnd = z.object({ ip: z.string(), port: z.int(), srtpParameters: z.custom<SrtpParameters>((given) => typeof given === 'object') });
export type PipeEnd = z.infer<typeof PipeEnd>;

/** A pipe by the stage it belongs to and by a name that its far end has given it. */
export const PipeName = z.object({ workshopId: z.string(), epoch: z.int(), pipeId: z.string() });
export type PipeName = z.infer<typeof PipeName>;

/** A track as it comes through a pipe, under its own id. */
export const PipedTrack = z.object({ kind: TrackKind, rtpParameters: z.custom<RtpParameters>((given) => typeof given === 'object'), paused: z.boolean() });
export type PipedTrack = z.infer<typeof PipedTrack>;

/** What the near end tells of what it sends: a track, or the whole pipe, that is paused, goes on, or has ended. */
export const PipeNews = PipeName.extend({ trackId: z.string().nullable(), change: z.enum(['paused', 'resumed', 'closed']) });
export type PipeNews = z.infer<typeof PipeNews>;
