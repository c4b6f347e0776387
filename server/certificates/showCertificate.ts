import type { CertificateView } from '../../shared/contracts/attendance/certificates.js';
import { AppError } from '../../shared/failures.js';
import { Certificate } from '../models/attendance/certificate.js';
import { viewCertificate } from './certificates.views.js';

/**
 * A certificate, to whoever knows its id.
 *
 * @throws certificate.not_found - none was given under that id.
 */
export async function showCertificate({ certificateId }: { certificateId: string }): Promise<CertificateView> {
  const certificate = await Certificate.findById(certificateId).lean();
  if (!certificate) throw new AppError('certificate.not_found');
  return viewCertificate(certificate);
}
