import { openStore, type StoreOptions } from './store.js';
import { listen, type Place } from './wire/listener.js';

/** A store that can be reached at its URI until it is closed; closing twice is harmless. */
export interface DocumentStore {
  readonly uri: string;
  close(): Promise<void>;
}

/**
 * Opens a data folder in the caller's own process and serves it on a loopback port (any free one unless told) or a unix socket.
 * @throws IllegalOperation (20) while the folder is open elsewhere
 */
export async function openDocumentStore(options: StoreOptions & { readonly place?: Place }): Promise<DocumentStore> {
  const store = await openStore(options);
  try {
    const listener = await listen(store, options.place ?? { port: 0 });
    let closing: Promise<void> | undefined;
    const close = async (): Promise<void> => {
      await listener.close();
      await store.close();
    };
    return { uri: listener.uri, close: () => (closing ??= close()) };
  } catch (error) {
    await store.close();
    throw error;
  }
}
