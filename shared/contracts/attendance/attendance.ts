/** Attendance: how long members were present while a workshop was live, and what follows from it. */
import { z } from 'zod';
import { Id } from '../../ids.js';
import { defineRoute } from '../../define.js';
import { CertificateMark, CertificatePercent } from './certificates.js';
import { PersonView } from '../members.js';
import { WorkshopView } from '../workshops.js';

/** One stretch of presence; `leftAt` is null while it goes on. */
export const PresenceInterval = z.object({ joinedAt: z.iso.datetime(), leftAt: z.iso.datetime().nullable() });
export type PresenceInterval = z.infer<typeof PresenceInterval>;

/** A member's presence in a workshop, between its going live and its end. */
export const Presence = z.object({
  /** They never overlap, however many tabs and devices were open. Empty once the stays are no longer kept. */
  intervals: z.array(PresenceInterval),
  /** Whole seconds present, all intervals together. */
  seconds: z.int().nonnegative(),
  /** Of the time the workshop was live, rounded down: 79.9 is 79. */
  percent: z.int().min(0).max(100),
});
export type Presence = z.infer<typeof Presence>;

/** How a workshop's attendance is counted, and how far it has come. */
export const AttendanceCount = z.object({
  certificatePercent: CertificatePercent,
  /** Whole seconds live so far. */
  liveSeconds: z.int().nonnegative(),
  /** The workshop is over and its attendance is written down for good. */
  isFinal: z.boolean(),
});
export type AttendanceCount = z.infer<typeof AttendanceCount>;

export const AttendanceRow = Presence.extend({ person: PersonView, certificate: CertificateMark.nullable() });
export type AttendanceRow = z.infer<typeof AttendanceRow>;

export const AttendanceSheet = AttendanceCount.extend({
  rows: z.array(AttendanceRow),
  /** How many days after the workshop the single stretches are kept; minutes and percent stay. */
  keptDays: z.int().positive(),
});
export type AttendanceSheet = z.infer<typeof AttendanceSheet>;

/** One workshop in a member's history. */
export const AttendedWorkshop = Presence.extend(AttendanceCount.shape).extend({
  workshopId: Id,
  title: z.string(),
  startsAt: z.iso.datetime(),
  certificate: CertificateMark.nullable(),
});
export type AttendedWorkshop = z.infer<typeof AttendedWorkshop>;

export const AttendanceHistory = z.object({ workshops: z.array(AttendedWorkshop), keptDays: z.int().positive() });
export type AttendanceHistory = z.infer<typeof AttendanceHistory>;

export const SetCertificateRule = z.strictObject({ workshopId: Id, certificatePercent: CertificatePercent });
export type SetCertificateRule = z.infer<typeof SetCertificateRule>;

export const attendance = {
  /** For the workshop's hosts and the organizer. */
  sheet: defineRoute('get', '/api/workshops/:workshopId/attendance', { who: 'member', input: z.strictObject({ workshopId: Id }), output: AttendanceSheet, failures: ['workshop.not_found'] }),
  /** The asking member's own, newest first. */
  mine: defineRoute('get', '/api/me/attendance', { who: 'member', input: z.strictObject({}), output: AttendanceHistory }),
  ofMember: defineRoute('get', '/api/members/:memberId/attendance', { who: 'organizer', input: z.strictObject({ memberId: Id }), output: AttendanceHistory, failures: ['member.not_found'] }),
  /** Possible until the workshop goes live: what members were shown beforehand holds. */
  setRule: defineRoute('patch', '/api/workshops/:workshopId/certificate-rule', { who: 'organizer', input: SetCertificateRule, output: WorkshopView, failures: ['workshop.not_found', 'workshop.wrong_state'] }),
} as const;
