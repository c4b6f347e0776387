/** How the live connection stands, as the connection pill tells it. */
import { useSyncExternalStore } from 'react';
import { createStore } from './store.js';

export interface Connection {
  /** online: all is well, or nobody is signed in. connecting: a first try, or one just lost. offline: a try has failed, or the browser has no network. */
  state: 'online' | 'connecting' | 'offline';
  /** Since when it is well, or since when the trouble lasts. */
  since: Date;
}

/** The connection outside React; components use `useConnection`. */
export const connection = createStore<Connection>({ state: 'online', since: new Date() });

/** Moves the connection on; trouble that changes its name keeps its beginning. */
export function setConnection(state: Connection['state']): void {
  const now = connection.get();
  if (now.state === state) return;
  const sameTrouble = now.state !== 'online' && state !== 'online';
  connection.set({ state, since: sameTrouble ? now.since : new Date() });
}

/** How the connection stands; renders again when that changes. */
export function useConnection(): Connection {
  return useSyncExternalStore(connection.subscribe, connection.get);
}
