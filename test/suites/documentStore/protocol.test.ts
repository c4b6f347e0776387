/** The wire, byte by byte: what a driver would never send, and what is answered. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { deserialize, serialize } from 'bson';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDocumentStore } from '../../../server/embedded/documentStore/documentStore.js';
import { crc32c } from '../../../server/embedded/documentStore/wire/crc32c.js';
import { testFolder } from './storeProcess.js';

const opMessage = 2013;
const opQuery = 2004;

/** A message: length, id, answer to, opcode, then the parts. */
function message(id: number, opcode: number, parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const header = Buffer.alloc(16);
  header.writeInt32LE(16 + body.length, 0);
  header.writeInt32LE(id, 4);
  header.writeInt32LE(opcode, 12);
  return Buffer.concat([header, body]);
}

function flags(bits: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(bits >>> 0);
  return bytes;
}

const bodySection = (doc: object): Buffer => Buffer.concat([Buffer.from([0]), serialize(doc)]);

function sequenceSection(name: string, docs: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat([Buffer.from(`${name}\0`), ...docs]);
  const size = Buffer.alloc(4);
  size.writeInt32LE(content.length + 4);
  return Buffer.concat([Buffer.from([1]), size, content]);
}

/** A raw connection that reads one answer at a time. */
class Wire {
  readonly socket: Socket;
  #bytes = Buffer.alloc(0);

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.on('data', (chunk) => (this.#bytes = Buffer.concat([this.#bytes, chunk])));
  }

  async answer(): Promise<{ to: number; opcode: number; doc: Record<string, unknown> }> {
    while (this.#bytes.length < 16 || this.#bytes.length < this.#bytes.readInt32LE(0)) await once(this.socket, 'data');
    const whole = this.#bytes.subarray(0, this.#bytes.readInt32LE(0));
    this.#bytes = this.#bytes.subarray(whole.length);
    const opcode = whole.readInt32LE(12);
    return { to: whole.readInt32LE(8), opcode, doc: deserialize(whole.subarray(opcode === opMessage ? 21 : 36)) };
  }
}

async function open(): Promise<Wire> {
  const store = await openDocumentStore({ dataDir: await testFolder() });
  const wire = new Wire(Number(new URL(store.uri).port));
  onTestFinished(async () => {
    wire.socket.destroy();
    await store.close();
  });
  return wire;
}

const ping = (id: number): Buffer => message(id, opMessage, [flags(0), bodySection({ ping: 1, $db: 'admin' })]);

describe('the wire', () => {
  it('answers the legacy hello in the legacy form, as a standalone server without compression', async () => {
    const wire = await open();
    wire.socket.write(message(7, opQuery, [flags(0), Buffer.from('admin.$cmd\0'), Buffer.alloc(8, 0xff), serialize({ ismaster: 1, helloOk: true, compression: ['zlib'] })]));
    const { to, opcode, doc } = await wire.answer();
    expect([to, opcode]).toEqual([7, 1]);
    expect(doc).toMatchObject({ ismaster: true, helloOk: true, maxWireVersion: 21, ok: 1 });
    expect(doc).not.toHaveProperty('setName');
    expect(doc).not.toHaveProperty('compression');
  });

  it('takes document sequences, and several messages in any pieces', async () => {
    const wire = await open();
    // bson itself would not write a field of that name.
    const disguised = Buffer.from(Buffer.from(serialize({ _id: 1, xbsontype: 'NotAType', toString: 1 })).toString('latin1').replace('xbson', '_bson'), 'latin1');
    const documents = [disguised, serialize({ _id: 2 })];
    const bytes = Buffer.concat([
      message(1, opMessage, [flags(0), sequenceSection('documents', documents), bodySection({ insert: 'c', $db: 'd' })]), ping(2),
      message(3, opMessage, [flags(0), bodySection({ find: 'c', filter: { toString: 1 }, $db: 'd' })]),
    ]);
    for (let at = 0; at < bytes.length; at += 11) wire.socket.write(bytes.subarray(at, at + 11));
    expect(await wire.answer()).toMatchObject({ to: 1, doc: { n: 2, ok: 1 } });
    expect(await wire.answer()).toMatchObject({ to: 2, doc: { ok: 1 } });
    const { doc } = await wire.answer();
    expect((doc['cursor'] as { firstBatch: unknown[] }).firstBatch).toEqual([{ _id: 1, _bsontype: 'NotAType', toString: 1 }]);
  });

  it('checks a checksum that is there', async () => {
    const wire = await open();
    const signed = (id: number, wrong: number): Buffer => {
      const bytes = message(id, opMessage, [flags(1), bodySection({ ping: 1, $db: 'admin' }), Buffer.alloc(4)]);
      bytes.writeUInt32LE((crc32c(bytes.subarray(0, -4)) ^ wrong) >>> 0, bytes.length - 4);
      return bytes;
    };
    wire.socket.write(signed(1, 0));
    expect(await wire.answer()).toMatchObject({ to: 1, doc: { ok: 1 } });
    wire.socket.write(signed(2, 1));
    expect(await wire.answer()).toMatchObject({ to: 2, doc: { ok: 0, code: 9 } });
  });

  it('does not answer what wants no answer, and does it', async () => {
    const wire = await open();
    wire.socket.write(Buffer.concat([message(1, opMessage, [flags(2), bodySection({ insert: 'c', documents: [{ _id: 1 }], writeConcern: { w: 0 }, $db: 'd' })]), message(2, opMessage, [flags(0), bodySection({ count: 'c', $db: 'd' })])]));
    expect(await wire.answer()).toMatchObject({ to: 2, doc: { n: 1 } });
  });

  it('takes any number of messages that want no answer, one after the other', async () => {
    const wire = await open();
    const pad = 'x'.repeat(40_000);
    const inserts = Array.from({ length: 80 }, (_, _id) => message(1, opMessage, [flags(2), bodySection({ insert: 'c', documents: [{ _id, pad }], writeConcern: { w: 0 }, $db: 'd' })]));
    wire.socket.write(Buffer.concat([...inserts, message(2, opMessage, [flags(0), bodySection({ count: 'c', $db: 'd' })])]));
    expect(await wire.answer()).toMatchObject({ to: 2, doc: { n: 80 } });
    wire.socket.write(ping(3));
    expect(await wire.answer()).toMatchObject({ to: 3, doc: { ok: 1 } });
  });

  it.each<[string, Buffer, object]>([
    ['an unknown required flag', message(1, opMessage, [flags(4), bodySection({ ping: 1, $db: 'a' })]), { code: 17 }],
    ['no database', message(1, opMessage, [flags(0), bodySection({ ping: 1 })]), { code: 40571 }],
    ['no body', message(1, opMessage, [flags(0), sequenceSection('documents', [])]), { code: 9 }],
    ['malformed BSON', message(1, opMessage, [flags(0), Buffer.from([0, 9, 0, 0, 0, 99, 0, 0, 0, 0])]), { code: 9 }],
    ['a section longer than its message', message(1, opMessage, [flags(0), Buffer.from([0, 255, 255, 255, 0])]), { code: 9 }],
    ['an opcode of old', message(1, 2002, [flags(0)]), { code: 17 }],
    ['a command of old in OP_QUERY', message(1, opQuery, [flags(0), Buffer.from('a.$cmd\0'), Buffer.alloc(8), serialize({ drop: 'c' })]), { ok: 0 }],
  ])('refuses %s and goes on', async (_name, bytes, expected) => {
    const wire = await open();
    wire.socket.write(bytes);
    expect((await wire.answer()).doc).toMatchObject({ ok: 0, ...expected });
    wire.socket.write(ping(9));
    expect(await wire.answer()).toMatchObject({ to: 9, doc: { ok: 1 } });
  });

  it('stores a document of 16 MiB, and refuses a longer one', async () => {
    const wire = await open();
    const limit = 16 * 1024 * 1024;
    const padded = (_id: number, length: number): Uint8Array => serialize({ _id, pad: 'x'.repeat(length - serialize({ _id, pad: '' }).length) });
    const insert = (id: number, document: Uint8Array): Buffer => message(id, opMessage, [flags(0), bodySection({ insert: 'c', $db: 'd' }), sequenceSection('documents', [document])]);
    wire.socket.write(insert(1, padded(1, limit)));
    expect(await wire.answer()).toMatchObject({ doc: { n: 1, ok: 1 } });
    wire.socket.write(insert(2, padded(2, limit + 1)));
    expect(await wire.answer()).toMatchObject({ doc: { n: 0, writeErrors: [{ index: 0, code: 10334 }] } });
    wire.socket.write(message(3, opMessage, [flags(0), bodySection({ insert: 'c', documents: [deserialize(padded(3, limit + 1))], $db: 'd' })]));
    expect(await wire.answer()).toMatchObject({ doc: { n: 0, writeErrors: [{ index: 0, code: 10334 }] } });
    wire.socket.write(message(4, opMessage, [flags(0), bodySection({ count: 'c', $db: 'd' })]));
    expect(await wire.answer()).toMatchObject({ doc: { n: 1 } });
  });

  it('refuses nesting that would exhaust the stack', async () => {
    const wire = await open();
    let nested: object = {};
    for (let depth = 0; depth < 3000; depth += 1) nested = { a: nested };
    wire.socket.write(message(1, opMessage, [flags(0), bodySection({ find: 'c', filter: nested, $db: 'd' })]));
    expect((await wire.answer()).doc).toMatchObject({ ok: 0, code: 15 });
  });

  it('ends a connection whose messages cannot be told apart, and no other', async () => {
    const wire = await open();
    await once(wire.socket, 'connect');
    const other = new Wire(wire.socket.remotePort ?? 0);
    onTestFinished(() => void other.socket.destroy());
    wire.socket.write(Buffer.from([1, 0, 0, 0]));
    await once(wire.socket, 'close');
    other.socket.write(ping(5));
    expect(await other.answer()).toMatchObject({ to: 5, doc: { ok: 1 } });
  });
});

describe('crc32c', () => {
  it('is RFC 3720’s', () => {
    expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa);
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
  });
});
