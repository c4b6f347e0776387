import type { RequestHandler } from 'express';
import { z } from 'zod';
import { CertificateId, certificatePath } from '../../../shared/contracts/attendance/certificates.js';
import { AppError } from '../../../shared/failures.js';
import { readInput } from '../../../shared/readInput.js';
import { Language } from '../../../shared/roles.js';
import type { Deps } from '../../deps.js';
import { showCertificate } from '../showCertificate.js';
import { drawCertificate } from './drawCertificate.js';

const Asked = z.strictObject({ certificateId: CertificateId, language: Language });

/** Drawing one takes a tenth of a second of this node's time. */
const limit = { points: 10, seconds: 60 };

/**
 * A certificate as a PDF, to whoever knows its id, as with the page it points at.
 *
 * @throws certificate.not_found - none was given under that id.
 * @throws certificate.revoked - there is no paper of one that is not valid.
 */
export function certificatePdf(deps: Deps): RequestHandler {
  return async (request, response) => {
    await deps.limits.spend('get certificate pdf', request.ip ?? 'unknown', limit);
    const { certificateId, language } = readInput(Asked, { ...request.query, ...request.params });
    const certificate = await showCertificate({ certificateId });
    if (certificate.revoked) throw new AppError('certificate.revoked');
    const pdf = await drawCertificate(certificate, deps.publicUrl + certificatePath(certificateId), language);
    response.set({ 'Content-Disposition': `attachment; filename="certificate-${certificateId}.pdf"`, 'Cache-Control': 'private, no-cache', 'X-Robots-Tag': 'noindex' });
    response.type('pdf').send(pdf);
  };
}
