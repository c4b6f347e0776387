/** The relay for members whose network lets media out by no other road: a TURN server, and credentials for it that run out. */
import { createHmac } from 'node:crypto';
import type { IceServers } from '../../shared/contracts/live/stage.js';

export interface RelayOptions {
  /** The relay's addresses (`turn:host:port?transport=udp`, `turns:…`, RFC 7065); none where there is no relay. */
  urls: readonly string[];
  /** What the relay shares with the house: coturn's `static-auth-secret`. */
  secret: string;
  now(): Date;
}

/** Longer than a workshop: a relay refuses to go on with credentials that have run out. Milliseconds. */
const lifetimeMs = 6 * 3_600_000;

/** The servers of one member. */
export type Relay = (memberId: string) => IceServers;

/**
 * Credentials by the scheme that coturn calls its REST API (draft-uberti-behave-turn-rest): the username is the second of
 * the epoch at which they end and a name, the password the base64 of its HMAC-SHA1 under the shared secret.
 */
export function createRelay({ urls, secret, now }: RelayOptions): Relay {
  return (memberId) => {
    if (urls.length === 0) return { servers: [], expiresAt: null };
    const expiresAt = Math.floor((now().getTime() + lifetimeMs) / 1_000);
    const username = `${expiresAt}:${memberId}`;
    const credential = createHmac('sha1', secret).update(username).digest('base64');
    return { servers: [{ urls: [...urls], username, credential }], expiresAt: new Date(expiresAt * 1_000).toISOString() };
  };
}
