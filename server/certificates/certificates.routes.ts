import { certificates } from '../../shared/contracts/attendance/certificates.js';
import type { Deps } from '../deps.js';
import { answerAnyone, answerMember, type RouteEntry } from '../http/route.js';
import { issueCertificate } from './issueCertificate.js';
import { revokeCertificate } from './revokeCertificate.js';
import { showCertificate } from './showCertificate.js';
import { rotateSigningKey } from './signing/rotateSigningKey.js';
import { showSigningKey } from './signing/showSigningKey.js';
import { verifyCertificate } from './verifyCertificate.js';

/** The routes about certificates. */
export const certificatesRoutes = (deps: Deps): RouteEntry[] => [
  answerMember(certificates.issue, (actor, input) => issueCertificate(deps, actor, input)),
  answerAnyone(certificates.show, ({ input }) => showCertificate(input)),
  answerAnyone(certificates.verify, ({ input }) => verifyCertificate(input)),
  answerMember(certificates.revoke, (actor, input) => revokeCertificate(deps, actor, input)),
  answerMember(certificates.signingKey, (actor) => showSigningKey(deps, actor)),
  answerMember(certificates.rotateKey, (actor) => rotateSigningKey(deps, actor)),
];
