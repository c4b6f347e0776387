import type { Deps } from '../deps.js';
import { Certificate } from '../models/attendance/certificate.js';
import { viewCertificate } from './certificates.views.js';

/** For a member's data export: their certificates with the signed statements. */
export async function tellOfCertificates(_deps: Deps, memberId: string): Promise<unknown> {
  return (await Certificate.find({ memberId }).sort({ issuedAt: 1 }).lean()).map(viewCertificate);
}
