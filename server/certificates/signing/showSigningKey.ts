import type { SigningKeyView } from '../../../shared/contracts/attendance/certificates.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { viewKey } from '../certificates.views.js';
import { currentKey } from './keys.js';

/** Which key signs new certificates, and since when. */
export async function showSigningKey(deps: Deps, _actor: Actor): Promise<SigningKeyView> {
  return viewKey(await currentKey(deps.now()));
}
