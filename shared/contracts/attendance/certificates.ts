/** Certificates of attendance: given to the member, signed, and checked by anybody without an account. */
import { z } from 'zod';
import { Id } from '../../ids.js';
import { limits } from '../../limits.js';
import { defineRoute } from '../../define.js';

/** 128 random bits in base64url: whoever has not been given one cannot come upon it. */
export const CertificateId = z.string().regex(/^[\w-]{22}$/, 'a certificate id is 22 letters of base64url');
export type CertificateId = z.infer<typeof CertificateId>;

/** What a certificate asks for, in percent of the time its workshop was live; null where none is given. */
export const CertificatePercent = z.int().min(1).max(100).nullable();
export type CertificatePercent = z.infer<typeof CertificatePercent>;

/** A certificate as it is pointed at from a list. */
export const CertificateMark = z.object({ id: CertificateId, isRevoked: z.boolean() });
export type CertificateMark = z.infer<typeof CertificateMark>;

/** What a certificate says; no more of the member than the name it was given to. */
export const CertificateFacts = z.object({
  name: z.string(),
  workshop: z.string(),
  community: z.string(),
  /** When the workshop went live, and when it ended. */
  liveAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  /** Whole minutes present, rounded down. */
  minutes: z.int().nonnegative(),
  percent: z.int().min(0).max(100),
  issuedAt: z.iso.datetime(),
});
export type CertificateFacts = z.infer<typeof CertificateFacts>;

export const CertificateView = CertificateFacts.extend({
  id: CertificateId,
  /** Null while it is valid. The reason is for everybody to read. */
  revoked: z.object({ at: z.iso.datetime(), reason: z.string() }).nullable(),
  /**
   * The same facts, signed: a compact JWS (RFC 7515) with EdDSA over Ed25519 (RFC 8037). Its key stands under its `kid` in the
   * house's `/.well-known/jwks.json`, so that it can be checked without asking the house about it.
   */
  statement: z.string(),
});
export type CertificateView = z.infer<typeof CertificateView>;

const ofCertificate = z.strictObject({ certificateId: CertificateId });

/** The key that new certificates are signed with. Earlier ones stay published: what they signed stays valid. */
export const SigningKeyView = z.object({ kid: z.string(), since: z.iso.datetime(), earlier: z.int().nonnegative() });
export type SigningKeyView = z.infer<typeof SigningKeyView>;

export const RevokeCertificate = z.strictObject({ certificateId: CertificateId, reason: z.string().trim().min(1).max(limits.reasonLength) });
export type RevokeCertificate = z.infer<typeof RevokeCertificate>;

export const certificates = {
  /** The asking member's certificate for the workshop, made at the first asking with the name they have then. */
  issue: defineRoute('post', '/api/workshops/:workshopId/certificate', {
    who: 'member', input: z.strictObject({ workshopId: Id }), output: CertificateView, failures: ['certificate.not_earned'],
  }),
  show: defineRoute('get', '/api/certificates/:certificateId', { who: 'anyone', input: ofCertificate, output: CertificateView, failures: ['certificate.not_found'], limit: { points: 30, seconds: 60 } }),
  /** Checks a signed statement and tells how its certificate stands now. */
  verify: defineRoute('post', '/api/certificates/verify', {
    who: 'anyone', input: z.strictObject({ statement: z.string().trim().min(1).max(limits.statementLength) }), output: CertificateView,
    failures: ['certificate.forged'], limit: { points: 30, seconds: 60 },
  }),
  /** By a host of its workshop, or the organizer. It stays to be seen, with the reason. */
  revoke: defineRoute('post', '/api/certificates/:certificateId/revoke', { who: 'member', input: RevokeCertificate, output: CertificateView, failures: ['certificate.not_found'] }),
  signingKey: defineRoute('get', '/api/signing-key', { who: 'organizer', input: z.strictObject({}), output: SigningKeyView }),
  rotateKey: defineRoute('post', '/api/signing-key', { who: 'organizer', input: z.strictObject({}), output: SigningKeyView, limit: { points: 3, seconds: 3600 } }),
} as const;

/** Where a certificate is had as a PDF: no JSON, so no route of the contract. `language` is one of `Language`. */
export const certificatePdfPath = (certificateId: string, language: string): string => `/api/certificates/${certificateId}/pdf?language=${language}`;

/** Where everybody can see one. */
export const certificatePath = (certificateId: string): string => `/certificates/${certificateId}`;
