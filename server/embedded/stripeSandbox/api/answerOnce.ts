/** Idempotency keys: https://docs.stripe.com/api/idempotent_requests */
import { createHash } from 'node:crypto';
import type { Reply } from '../store/draft.js';
import type { Store } from '../store/openStore.js';
import { ApiFault, badRequest } from './apiFault.js';

/** Stripe forgets a key after a day at the earliest. */
export const replyLifeMs = 24 * 60 * 60 * 1000;

/** One request that changes something, as far as idempotency is concerned. */
export interface KeyedRequest {
  key: string;
  path: string;
  /** The parameters as they came; their order matters, as the SDK's retries repeat it. */
  form: string;
  method: string;
}

/** Remembers which keys are being worked on. */
export class Idempotency {
  private readonly running = new Set<string>();

  constructor(
    private readonly store: Store,
    private readonly now: () => Date,
  ) {}

  /**
   * Gives the kept answer to this key, if there is one; otherwise lets `work` make one.
   * A key is held from the call until `work` has settled.
   *
   * @throws ApiFault 400 `idempotency_error` when the key came with another request before.
   * @throws ApiFault 409 `idempotency_key_in_use` while the first request with the key is running.
   */
  async once<T>(request: KeyedRequest, work: (fingerprint: string) => Promise<T>): Promise<T | Reply> {
    const { key } = request;
    if (key.length > 255) throw badRequest('Idempotency keys can be at most 255 characters long.');
    const fingerprint = digest(request);
    const kept = this.store.reply(key);
    if (kept && kept.madeAt + replyLifeMs > this.now().getTime()) {
      if (kept.fingerprint !== fingerprint) throw keyReused(key, kept.path, request.path);
      return kept;
    }
    if (this.running.has(key)) throw keyInUse(key);
    this.running.add(key);
    try {
      return await work(fingerprint);
    } finally {
      this.running.delete(key);
    }
  }
}

function digest({ method, path, form }: KeyedRequest): string {
  return createHash('sha256').update(`${method} ${path}\n${form}`).digest('base64url');
}

function keyReused(key: string, firstPath: string, path: string): ApiFault {
  const same = firstPath === path ? 'same parameters' : 'same endpoint';
  const paths = firstPath === path ? '' : ` ('${firstPath}' vs '${path}')`;
  const message =
    `Keys for idempotent requests can only be used ${firstPath === path ? 'with' : 'for'} the ${same} they were first used ` +
    `${firstPath === path ? 'with' : 'for'}${paths}. Try using a key other than '${key}' if you meant to execute a different request.`;
  return new ApiFault(400, { type: 'idempotency_error', message });
}

function keyInUse(key: string): ApiFault {
  const message =
    'There is currently another in-progress request using this idempotency key (that probably means you submitted ' +
    `twice, and the other request is still going through): ${key}. Please try again later.`;
  return new ApiFault(409, { type: 'idempotency_error', code: 'idempotency_key_in_use', message });
}
