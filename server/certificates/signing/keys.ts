/** The keys that certificates are signed with. */
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { SigningKey, type FreshKey, type SigningKeyDocument } from '../../models/attendance/signingKey.js';

/** Where keys are used and published as JWKs (RFC 8037): Ed25519, for EdDSA. */
const publicPart = (x: string): JWK => ({ kty: 'OKP', crv: 'Ed25519', x });

/** The key that signs now, made if there was none. */
export async function currentKey(now: Date): Promise<SigningKeyDocument> {
  return (await SigningKey.current()) ?? SigningKey.follow(0, await makeKey(now));
}

/** A new key in place of the one that signed so far. Of two that are made at the same time one is taken. */
export async function nextKey(now: Date): Promise<SigningKeyDocument> {
  const { number } = await currentKey(now);
  return SigningKey.follow(number, await makeKey(now));
}

/** Every key's public half as a JWK Set (RFC 7517, section 5), the newest first. */
export async function publishedKeys(): Promise<{ keys: JWK[] }> {
  const keys = await SigningKey.published();
  return { keys: keys.map(({ _id, x }) => ({ ...publicPart(x), kid: _id, alg: 'EdDSA', use: 'sig' })) };
}

/** The secret half, for signing. */
export const secretPart = ({ x, d }: SigningKeyDocument): JWK => ({ ...publicPart(x), d });

async function makeKey(now: Date): Promise<FreshKey> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const { x, d } = await exportJWK(privateKey);
  if (x === undefined || d === undefined) throw new Error('a fresh Ed25519 key has both its halves');
  return { _id: await calculateJwkThumbprint(publicPart(x)), x, d, since: now };
}
