import { StoreFailure } from '../failures.js';
import { decodeDoc, encodeDoc, isDoc, setField, type Doc } from '../values/bson.js';
import { crc32c } from './crc32c.js';

/**
 * MongoDB's wire protocol (github.com/mongodb/specifications, source/message/OP_MSG.md; the legacy OP_QUERY only as far as the
 * handshake needs it). All numbers are little-endian.
 */
const opReply = 1;
const opQuery = 2004;
const opMessage = 2013;
const headerBytes = 16;

const checksumPresent = 1;
const moreToCome = 2;
/** Bits 0 to 15 must be understood; those above may be passed over. */
const requiredBits = 0xffff;

/** The longest message accepted; a longer one ends the connection. */
export const maxMessageBytes = 48_000_000;

/** A request as it came. */
export interface Incoming {
  readonly id: number;
  readonly legacy: boolean;
  /** False when the sender wants no answer (`w: 0`). */
  readonly wantsReply: boolean;
  readonly body: Doc;
  readonly db: string;
  readonly raws: ReadonlyMap<Doc, Buffer>;
}

/** The header's two fields that matter before the rest has come. @throws FailedToParse (9) for an impossible length */
export function messageLength(bytes: Buffer): number | undefined {
  if (bytes.length < 4) return undefined;
  const length = bytes.readInt32LE(0);
  if (length < headerBytes || length > maxMessageBytes) throw new StoreFailure('FailedToParse', `message of ${length} bytes`);
  return length;
}

/**
 * Reads one whole message.
 * @throws FailedToParse (9) for a malformed one, 17 for an opcode or flag that is not understood
 */
export function parseMessage(bytes: Buffer): Incoming {
  const id = bytes.readInt32LE(4);
  const opcode = bytes.readInt32LE(12);
  try {
    if (opcode === opMessage) return parseOpMessage(id, bytes);
    if (opcode === opQuery) return parseOpQuery(id, bytes);
  } catch (error) {
    if (error instanceof RangeError) throw new StoreFailure('FailedToParse', 'message ends too early');
    throw error;
  }
  throw new StoreFailure(17, `opcode ${opcode} is not supported`);
}

function parseOpMessage(id: number, bytes: Buffer): Incoming {
  const flags = bytes.readUInt32LE(headerBytes);
  if ((flags & requiredBits & ~(checksumPresent | moreToCome)) !== 0) throw new StoreFailure(17, `unknown required flag bits in OP_MSG: ${flags}`);
  const end = (flags & checksumPresent) === 0 ? bytes.length : bytes.length - 4;
  if (end !== bytes.length && crc32c(bytes.subarray(0, end)) !== bytes.readUInt32LE(end)) throw new StoreFailure('FailedToParse', 'OP_MSG checksum does not match contents');
  const raws = new Map<Doc, Buffer>();
  const sequences: [string, Doc[]][] = [];
  let body: Doc | undefined;
  for (let at = headerBytes + 4; at < end; ) {
    const kind = bytes.readUInt8(at);
    const size = bytes.readInt32LE(at + 1);
    if (size < 5 || at + 1 + size > end) throw new StoreFailure('FailedToParse', 'OP_MSG section of impossible length');
    const section = bytes.subarray(at + 1, at + 1 + size);
    if (kind === 0 && body === undefined) body = decodeDoc(section);
    else if (kind === 1) sequences.push(parseSequence(section, raws));
    else throw new StoreFailure('FailedToParse', kind === 0 ? 'OP_MSG with two bodies' : `OP_MSG section of unknown kind ${kind}`);
    at += 1 + size;
  }
  if (body === undefined) throw new StoreFailure('FailedToParse', 'OP_MSG without a body');
  for (const [name, documents] of sequences) {
    if (Object.hasOwn(body, name)) throw new StoreFailure('FailedToParse', `OP_MSG names '${name}' twice`);
    setField(body, name, documents);
  }
  const db = body['$db'];
  if (typeof db !== 'string') throw new StoreFailure(40571, 'OP_MSG requests require a $db argument');
  return { id, legacy: false, wantsReply: (flags & moreToCome) === 0, body, db, raws };
}

function parseSequence(section: Buffer, raws: Map<Doc, Buffer>): [string, Doc[]] {
  const nameEnd = section.indexOf(0, 4);
  if (nameEnd === -1) throw new StoreFailure('FailedToParse', 'document sequence without a name');
  const documents: Doc[] = [];
  for (let at = nameEnd + 1; at < section.length; ) {
    const size = section.readInt32LE(at);
    if (size < 5 || at + size > section.length) throw new StoreFailure('FailedToParse', 'document sequence of impossible length');
    // A copy of its own: the message's memory is given back as a whole.
    const raw = Buffer.from(section.subarray(at, at + size));
    const doc = decodeDoc(raw);
    raws.set(doc, raw);
    documents.push(doc);
    at += size;
  }
  return [section.toString('utf8', 4, nameEnd), documents];
}

function parseOpQuery(id: number, bytes: Buffer): Incoming {
  const nameEnd = bytes.indexOf(0, headerBytes + 4);
  const namespace = bytes.toString('utf8', headerBytes + 4, nameEnd);
  const query = decodeDoc(bytes.subarray(nameEnd + 9));
  const inner = query['$query'];
  return { id, legacy: true, wantsReply: true, body: isDoc(inner) ? inner : query, db: namespace.split('.')[0] ?? '', raws: new Map() };
}

let nextId = 0;

/** Writes the answer to a request, in the form the request came. */
export function replyTo(request: Pick<Incoming, 'id' | 'legacy'>, reply: Doc | Buffer): Buffer {
  const body = Buffer.isBuffer(reply) ? reply : encodeDoc(reply, maxMessageBytes);
  const prefix = request.legacy ? legacyPrefix() : Buffer.from([0, 0, 0, 0, 0]);
  nextId = (nextId + 1) & 0x7fffffff;
  const header = Buffer.alloc(headerBytes);
  header.writeInt32LE(headerBytes + prefix.length + body.length, 0);
  header.writeInt32LE(nextId, 4);
  header.writeInt32LE(request.id, 8);
  header.writeInt32LE(request.legacy ? opReply : opMessage, 12);
  return Buffer.concat([header, prefix, body]);
}

/** Flags (await capable), cursor 0, from 0, one document. */
function legacyPrefix(): Buffer {
  const prefix = Buffer.alloc(20);
  prefix.writeInt32LE(8, 0);
  prefix.writeInt32LE(1, 16);
  return prefix;
}
