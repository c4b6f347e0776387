import { Int32 } from 'bson';
import { maxDocumentBytes, type Doc } from '../../values/bson.js';
import type { Command } from '../request.js';

/** The server version whose behaviour this store follows, and the wire version that goes with it. */
const version = [7, 0, 0, 0] as const;
const wireVersion = 21;
/** Bytes of one message, as MongoDB. */
export const maxMessageBytes = 48_000_000;

/** The version as text. */
export const serverVersion = version.slice(0, 3).join('.');

let lastConnection = 0;
let connections = 0;

/** Counts a connection in; gives its number, and the way to count it out. */
export function countConnection(): { id: number; gone: () => void } {
  lastConnection += 1;
  connections += 1;
  return {
    id: lastConnection,
    gone: () => {
      connections -= 1;
    },
  };
}

/** How many connections there are now. */
export function openConnections(): number {
  return connections;
}

/** What a standalone server says of itself. Without `setName` and `msg` drivers send no transaction numbers. */
export function describeServer(connectionId: number, legacy: boolean): Doc {
  return {
    ...(legacy ? { ismaster: true } : { isWritablePrimary: true }),
    helloOk: true, maxBsonObjectSize: new Int32(maxDocumentBytes), maxMessageSizeBytes: new Int32(maxMessageBytes), maxWriteBatchSize: new Int32(100_000),
    localTime: new Date(), logicalSessionTimeoutMinutes: new Int32(30), connectionId: new Int32(connectionId), minWireVersion: new Int32(0),
    maxWireVersion: new Int32(wireVersion), readOnly: false, ok: new Int32(1),
  };
}

/** `ping`. */
export const ping: Command = { fields: [], run: () => ({ ok: new Int32(1) }) };

/** `endSessions`: sessions carry nothing here, so there is nothing to end. */
export const endSessions: Command = { fields: [], run: () => ({ ok: new Int32(1) }) };

/** `buildInfo`. */
export const buildInfo: Command = {
  fields: [],
  run: () => ({
    version: serverVersion, versionArray: version.map((part) => new Int32(part)), gitVersion: 'embedded', modules: ['embedded document store'],
    bits: new Int32(64), maxBsonObjectSize: new Int32(maxDocumentBytes), storageEngines: ['lmdb'], ok: new Int32(1),
  }),
};
