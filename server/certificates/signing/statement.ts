/** A certificate's signed statement: a compact JWS (RFC 7515) over its facts. */
import { CompactSign, compactVerify, createLocalJWKSet, errors, importJWK } from 'jose';
import { z } from 'zod';
import { CertificateFacts, CertificateId } from '../../../shared/contracts/attendance/certificates.js';
import { AppError } from '../../../shared/failures.js';
import type { SigningKeyDocument } from '../../models/attendance/signingKey.js';
import { publishedKeys, secretPart } from './keys.js';

/** Says what is signed, so that nothing else that a key may sign one day passes for a certificate. */
const type = 'guildhall-certificate+jws';

/** `iss` is the house's address, `jti` the certificate's id. */
const Statement = CertificateFacts.extend({ iss: z.string(), jti: CertificateId });
export type Statement = z.infer<typeof Statement>;

/** Signs a certificate's facts. */
export async function signStatement(statement: Statement, key: SigningKeyDocument): Promise<string> {
  const header = { alg: 'EdDSA', kid: key._id, typ: type };
  return new CompactSign(new TextEncoder().encode(JSON.stringify(statement))).setProtectedHeader(header).sign(await importJWK(secretPart(key), 'EdDSA'));
}

/**
 * What a signed statement says.
 *
 * @throws certificate.forged - it is no statement of a certificate, or none of our keys has signed it as it stands.
 */
export async function readStatement(text: string): Promise<Statement> {
  try {
    const { payload, protectedHeader } = await compactVerify(text, createLocalJWKSet(await publishedKeys()), { algorithms: ['EdDSA'] });
    if (protectedHeader.typ !== type) throw new AppError('certificate.forged');
    return Statement.parse(JSON.parse(new TextDecoder().decode(payload)));
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof z.ZodError || error instanceof SyntaxError) throw new AppError('certificate.forged');
    throw error;
  }
}
