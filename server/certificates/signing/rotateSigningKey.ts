import type { SigningKeyView } from '../../../shared/contracts/attendance/certificates.js';
import type { Actor } from '../../access/actor.js';
import type { Deps } from '../../deps.js';
import { viewKey } from '../certificates.views.js';
import { nextKey } from './keys.js';

/** Makes a new key that signs from now on; what earlier ones signed stays valid. */
export async function rotateSigningKey(deps: Deps, _actor: Actor): Promise<SigningKeyView> {
  return viewKey(await nextKey(deps.now()));
}
