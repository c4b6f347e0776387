import type { Socket } from 'node:net';
import { Int32 } from 'bson';
import { countConnection, describeServer } from '../commands/admin/handshake.js';
import { runCommand } from '../commands/table.js';
import type { Reply } from '../commands/request.js';
import { StoreFailure } from '../failures.js';
import type { Store } from '../store.js';
import { checkDepth, type Doc, type Value } from '../values/bson.js';
import { messageLength, parseMessage, replyTo, type Incoming } from './message.js';

const helloNames = new Set(['hello', 'ismaster', 'isMaster']);

/** Bytes of messages that may wait for their turn; then the client is read no further until they have had it. */
const mostPending = 1024 * 1024;

/** A refusal as a reply tells it. */
function viewFailure({ message, code, codeName, details }: StoreFailure): Doc {
  return { ok: new Int32(0), errmsg: message, code: new Int32(code), codeName, ...(details as Record<string, Value>) };
}

/** One client: its messages are taken one after the other, as its driver expects. */
export class Connection {
  readonly #store: Store;
  readonly #socket: Socket;
  readonly #id: number;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #working: Promise<void> | undefined;
  /** Whether bytes have come since the work began. */
  #moreCame = false;
  #ending = false;

  constructor(store: Store, socket: Socket) {
    this.#store = store;
    this.#socket = socket;
    const { id, gone } = countConnection();
    this.#id = id;
    socket.once('close', gone);
    socket.setNoDelay(true);
    socket.on('data', (bytes) => this.#receive(bytes));
    // A client that goes away mid-message is nothing to report; 'close' follows.
    socket.on('error', () => socket.destroy());
  }

  #receive(bytes: Buffer): void {
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    this.#moreCame = true;
    if (this.#pendingBytes > mostPending) this.#socket.pause();
    if (this.#working === undefined) this.#start();
  }

  #start(): void {
    this.#moreCame = false;
    this.#working = this.#work().finally(() => {
      this.#working = undefined;
      if (this.#ending) this.#socket.end();
      else if (this.#moreCame) this.#start();
    });
  }

  async #work(): Promise<void> {
    try {
      for (let message = this.#take(); message !== undefined && !this.#ending; message = this.#take()) await this.#answer(message);
    } catch (error) {
      // What is no message leaves no way to find the next one.
      this.#store.log({ event: 'connection ended', connection: this.#id, error: String(error) });
      this.#pending = [];
      this.#pendingBytes = 0;
      this.#socket.destroy();
    }
  }

  /** The next whole message, or undefined until more has come. */
  #take(): Buffer | undefined {
    const length = this.#nextLength();
    if (length === undefined || this.#pendingBytes < length) {
      this.#socket.resume();
      return undefined;
    }
    const all = this.#join();
    this.#pending = all.length === length ? [] : [all.subarray(length)];
    this.#pendingBytes -= length;
    return all.subarray(0, length);
  }

  #nextLength(): number | undefined {
    if (this.#pendingBytes < 4) return undefined;
    return messageLength((this.#pending[0] as Buffer).length >= 4 ? (this.#pending[0] as Buffer) : this.#join());
  }

  #join(): Buffer {
    if (this.#pending.length > 1) this.#pending = [Buffer.concat(this.#pending)];
    return this.#pending[0] as Buffer;
  }

  async #answer(message: Buffer): Promise<void> {
    const id = message.readInt32LE(4);
    let request: Incoming | undefined;
    let reply: Reply;
    try {
      request = parseMessage(message);
      reply = await this.#run(request);
    } catch (error) {
      reply = viewFailure(this.#failureOf(error, request));
    }
    if (request?.wantsReply === false) return;
    await this.#send(replyTo(request ?? { id, legacy: false }, reply));
  }

  async #run(request: Incoming): Promise<Reply> {
    const name = Object.keys(request.body)[0] ?? '';
    if (helloNames.has(name)) return describeServer(this.#id, name !== 'hello');
    if (request.legacy) throw new StoreFailure(5739101, `OP_QUERY is no longer supported for '${name}'; use OP_MSG`);
    checkDepth(request.body);
    return runCommand({ store: this.#store, db: request.db, body: request.body, raws: request.raws });
  }

  #failureOf(error: unknown, request: Incoming | undefined): StoreFailure {
    if (error instanceof StoreFailure) return error;
    const command = Object.keys(request?.body ?? {})[0];
    this.#store.log({ event: 'command broke', command, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    return new StoreFailure('InternalError', error instanceof Error ? error.message : String(error));
  }

  async #send(bytes: Buffer): Promise<void> {
    if (this.#socket.destroyed || this.#socket.write(bytes)) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.#socket.off('drain', done).off('close', done);
        resolve();
      };
      this.#socket.on('drain', done).on('close', done);
    });
  }

  /** Answers what has been taken up and closes. */
  async end(): Promise<void> {
    this.#ending = true;
    await this.#working;
    this.#socket.end();
    this.#socket.destroySoon();
  }
}
