/** The way to a certificate for whoever may change it. To look at one, it is enough to know its id. */
import { AppError } from '../../shared/failures.js';
import { Certificate, type CertificateDocument } from '../models/attendance/certificate.js';
import { Workshop } from '../models/workshop.js';
import { judgeWorkshop } from './accessWorkshop.js';
import type { Actor } from './actor.js';

/**
 * The certificate, if this actor may host the workshop it was given for.
 *
 * @throws certificate.not_found - absent, or not this actor's to change; the two look alike on purpose.
 */
export async function accessCertificate(actor: Actor, certificateId: string, now: Date): Promise<CertificateDocument> {
  const certificate = await Certificate.findById(certificateId).lean();
  const workshop = certificate && (await Workshop.findById(certificate.workshopId).lean());
  if (!certificate || !workshop || !(await judgeWorkshop(actor, workshop, now)).canHost) throw new AppError('certificate.not_found');
  return certificate;
}
