import type { CertificateView, RevokeCertificate } from '../../shared/contracts/attendance/certificates.js';
import { accessCertificate } from '../access/accessCertificate.js';
import type { Actor } from '../access/actor.js';
import type { Deps } from '../deps.js';
import { Certificate } from '../models/attendance/certificate.js';
import { viewCertificate } from './certificates.views.js';

/**
 * Revokes a certificate that should not have been given. It stays to be seen, and says since when and why it is not valid.
 * Doing it again changes nothing.
 *
 * @throws certificate.not_found - absent, or not this actor's to revoke.
 */
export async function revokeCertificate(deps: Deps, actor: Actor, { certificateId, reason }: RevokeCertificate): Promise<CertificateView> {
  await accessCertificate(actor, certificateId, deps.now());
  await Certificate.revoke(certificateId, actor.memberId, reason, deps.now());
  return viewCertificate(await accessCertificate(actor, certificateId, deps.now()));
}
