/** The sandbox's own keys: made once, kept with its data. */
import { newId } from './store/newId.js';
import type { Store } from './store/openStore.js';

/** What the API's callers and the webhook's receiver must know. */
export interface Secrets {
  secretKey: string;
  webhookSecret: string;
}

const ownKey = 'sk_test_sandbox_';

/**
 * Judges keys that are given from outside.
 *
 * @throws Error when the key is not a sandbox's (a real Stripe key must never end up here) or the secret is blank.
 */
export function judgeSecrets({ secretKey, webhookSecret }: Partial<Secrets>): void {
  if (secretKey !== undefined && !secretKey.startsWith(ownKey))
    throw new Error(`The Stripe sandbox takes only keys that begin with ${ownKey}; a real key belongs to the real Stripe.`);
  if (webhookSecret?.trim() === '') throw new Error('The webhook secret of the Stripe sandbox must not be blank.');
}

/** The keys of this sandbox: those given, else those kept, else new ones. */
export async function readSecrets(store: Store, given: Partial<Secrets>): Promise<Secrets> {
  const secrets = {
    secretKey: given.secretKey ?? store.setting('secretKey') ?? newId(ownKey, 32),
    webhookSecret: given.webhookSecret ?? store.setting('webhookSecret') ?? newId('whsec_', 32),
  };
  await store.write((draft) => {
    if (given.secretKey === undefined) draft.set('secretKey', secrets.secretKey);
    if (given.webhookSecret === undefined) draft.set('webhookSecret', secrets.webhookSecret);
  });
  return secrets;
}
