/** Certificates as the contract shows them: no more of the member than the name it was given to. */
import type { CertificateFacts, CertificateView, SigningKeyView } from '../../shared/contracts/attendance/certificates.js';
import type { CertificateDocument } from '../models/attendance/certificate.js';
import type { SigningKeyDocument } from '../models/attendance/signingKey.js';

/** What a certificate says. */
export function viewFacts(certificate: Omit<CertificateDocument, '_id' | 'statement' | 'revoked'>): CertificateFacts {
  const { name, workshop, community, liveAt, endedAt, minutes, percent, issuedAt } = certificate;
  return { name, workshop, community, liveAt: liveAt.toISOString(), endedAt: endedAt.toISOString(), minutes, percent, issuedAt: issuedAt.toISOString() };
}

/** A certificate as anybody may see it who knows its id. */
export function viewCertificate(certificate: CertificateDocument): CertificateView {
  const { _id: id, revoked, statement } = certificate;
  return { id, ...viewFacts(certificate), revoked: revoked && { at: revoked.at.toISOString(), reason: revoked.reason }, statement };
}

/** A signing key by its name; of the key itself nothing is shown. */
export const viewKey = ({ _id, since, number }: SigningKeyDocument): SigningKeyView => ({ kid: _id, since: since.toISOString(), earlier: number - 1 });
