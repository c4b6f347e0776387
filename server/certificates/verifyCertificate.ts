import type { CertificateView } from '../../shared/contracts/attendance/certificates.js';
import { AppError } from '../../shared/failures.js';
import { Certificate } from '../models/attendance/certificate.js';
import { viewCertificate } from './certificates.views.js';
import { readStatement } from './signing/statement.js';

/**
 * Proves a signed statement, and tells what it says and how its certificate stands now.
 *
 * @throws certificate.forged - not signed by this house as it stands, or signed and yet no certificate of its.
 */
export async function verifyCertificate({ statement }: { statement: string }): Promise<CertificateView> {
  const { jti } = await readStatement(statement);
  const certificate = await Certificate.findById(jti).lean();
  // A key that came into the wrong hands could sign anything: what counts is what the house gave out.
  if (certificate?.statement !== statement) throw new AppError('certificate.forged');
  return viewCertificate(certificate);
}
