/**
 * The doctor: whether live video comes through between one browser and the node it is connected to, tried over a transport
 * that is made for it and thrown away; and what in the node's own set-up stands in the way. For hosts and organizers.
 */
import { z } from 'zod';
import { defineCall } from '../../define.js';
import { ConsumerView, DtlsParameters, RtpCapabilities, StageView } from './stage.js';

/** What stands in the way by the node's own set-up, found without any browser. */
export const Finding = z.discriminatedUnion('kind', [
  /** Live video is being prepared, or cannot be had. */
  z.object({ kind: z.literal('notReady') }),
  /** Browsers are told an address that only its own network reaches. */
  z.object({ kind: z.literal('privateAddress'), address: z.string() }),
  /** The node could not reach its own media port, over TCP, at the address that browsers are told. */
  z.object({ kind: z.literal('closedPort'), address: z.string(), port: z.int() }),
  /** There is no relay for members whose network lets media out by no other road. */
  z.object({ kind: z.literal('noRelay') }),
  /** Browsers give camera and microphone only to pages that came over https. */
  z.object({ kind: z.literal('insecurePage'), url: z.string() }),
]);
export type Finding = z.infer<typeof Finding>;

export const DoctorView = z.object({ findings: z.array(Finding), hasRelay: z.boolean() });
export type DoctorView = z.infer<typeof DoctorView>;

/** One trial: what a browser needs to receive, as on a stage. */
export const TrialView = StageView.pick({ routerRtpCapabilities: true, ice: true, receive: true });
export type TrialView = z.infer<typeof TrialView>;

const OfTrial = z.strictObject({ transportId: z.string().min(1).max(64) });
export const ConnectTrial = OfTrial.extend({ dtlsParameters: DtlsParameters });
export type ConnectTrial = z.infer<typeof ConnectTrial>;
export const ProbeTrial = OfTrial.extend({ rtpCapabilities: RtpCapabilities });
export type ProbeTrial = z.infer<typeof ProbeTrial>;
export const ResumeTrial = OfTrial.extend({ consumerId: z.string().min(1).max(64) });
export type ResumeTrial = z.infer<typeof ResumeTrial>;

const failures = ['role.required', 'media.not_found', 'media.unsupported'] as const;

export const doctor = {
  /** Of the node to which this connection is. */
  look: defineCall('doctor:look', { input: z.strictObject({}), output: DoctorView, failures: ['role.required'], limit: { points: 20, seconds: 60 } }),
  /** Opens a trial in the place of the one before on this connection. It ends by itself after a minute. */
  open: defineCall('doctor:open', { input: z.strictObject({}), output: TrialView, failures: ['role.required', 'media.preparing', 'media.unavailable', 'server.busy'], limit: { points: 20, seconds: 60 } }),
  connect: defineCall('doctor:connect', { input: ConnectTrial, output: z.object({}), failures }),
  /** A stream of silence, paused, by which the line is measured. */
  probe: defineCall('doctor:probe', { input: ProbeTrial, output: ConsumerView, failures }),
  resume: defineCall('doctor:resume', { input: ResumeTrial, output: z.object({}), failures }),
} as const;
