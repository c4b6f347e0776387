/**
 * A Socket.IO connection that costs next to nothing: WebSocket frames (RFC 6455) read off a plain TCP socket, Engine.IO 4
 * and Socket.IO 5 packets by hand. A crowd of real clients would take more of the machine than the server it measures.
 */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** Hears every event as it came: the packet's text after `42`. The bytes are only lent. */
export type HearEvent = (packet: Buffer) => void;

const packetKinds = { ping: '2', connected: '40', refused: '44', event: '42', answer: '43' } as const;
const openingPatienceMs = 60_000;

export class Line {
  private rest: Buffer = Buffer.alloc(0);
  private readonly answers = new Map<number, (data: unknown) => void>();
  private asked = 0;
  private isUpgraded = false;
  private opened: (() => void) | null = null;
  private refused: ((why: Error) => void) | null = null;

  private constructor(
    private readonly socket: Socket,
    private readonly auth: object,
    private readonly hear: HearEvent,
  ) {
    socket.setNoDelay(true);
    socket.on('data', (data: Buffer) => this.read(data));
    socket.on('error', (error) => this.refused?.(error));
    socket.on('close', () => this.refused?.(new Error('the server closed the connection')));
  }

  /** Opens a connection in the default namespace. @throws Error - it was refused, or not answered within a minute. */
  static async open(url: string, token: string | null, hear: HearEvent = () => {}): Promise<Line> {
    const { hostname, port, host } = new URL(url);
    const socket = connect(Number(port), hostname);
    const line = new Line(socket, token === null ? {} : { token }, hear);
    const opening = new Promise<void>((resolve, reject) => {
      [line.opened, line.refused] = [resolve, reject];
    });
    const timer = setTimeout(() => line.refused?.(new Error('not answered in time')), openingPatienceMs);
    socket.write(`GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`);
    await opening.finally(() => clearTimeout(timer));
    line.refused = null;
    return line;
  }

  /** Asks, and answers the server's reply, whatever it is. Of a connection that closes nothing more is heard. */
  ask(name: string, input: unknown): Promise<unknown> {
    const id = (this.asked += 1);
    return new Promise((resolve) => {
      this.answers.set(id, resolve);
      this.send(`${packetKinds.event}${id}${JSON.stringify([name, input])}`);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  /** One text frame. A client must mask what it sends; a mask of zeros leaves the words as they are. */
  private send(text: string): void {
    const body = Buffer.from(text);
    const isLong = body.length > 125;
    const head = Buffer.alloc(isLong ? 8 : 6);
    head[0] = 0x81;
    head[1] = 0x80 | (isLong ? 126 : body.length);
    if (isLong) head.writeUInt16BE(body.length, 2);
    this.socket.write(Buffer.concat([head, body]));
  }

  private read(data: Buffer): void {
    let bytes = this.rest.length > 0 ? Buffer.concat([this.rest, data]) : data;
    if (!this.isUpgraded) {
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) {
        this.rest = bytes;
        return;
      }
      this.isUpgraded = true;
      bytes = bytes.subarray(end + 4);
    }
    let at = 0;
    for (let frame = frameAt(bytes, at); frame !== null; frame = frameAt(bytes, at)) {
      this.take(bytes.subarray(frame.from, frame.to));
      at = frame.to;
    }
    this.rest = bytes.subarray(at);
  }

  private take(payload: Buffer): void {
    // '4' and '2' as bytes: nearly all of what comes are events.
    if (payload[0] === 0x34 && payload[1] === 0x32) this.hear(payload.subarray(2));
    else this.takeSeldom(payload.toString());
  }

  private takeSeldom(packet: string): void {
    if (packet.startsWith('0')) this.send(`${packetKinds.connected}${JSON.stringify(this.auth)}`);
    else if (packet === packetKinds.ping) this.send('3');
    else if (packet.startsWith(packetKinds.connected)) this.opened?.();
    else if (packet.startsWith(packetKinds.refused)) this.refused?.(new Error(packet));
    else if (packet.startsWith(packetKinds.answer)) this.settle(packet.slice(2));
  }

  private settle(answer: string): void {
    const bracket = answer.indexOf('[');
    const id = Number(answer.slice(0, bracket));
    const resolve = this.answers.get(id);
    this.answers.delete(id);
    resolve?.((JSON.parse(answer.slice(bracket)) as unknown[])[0]);
  }
}

/** Where the payload of the frame at `at` lies; null while it is not there as a whole. Servers send unmasked, and ours in one piece. */
function frameAt(bytes: Buffer, at: number): { from: number; to: number } | null {
  if (bytes.length < at + 2) return null;
  const short = (bytes[at + 1] ?? 0) & 0x7f;
  const from = at + (short === 126 ? 4 : short === 127 ? 10 : 2);
  if (bytes.length < from) return null;
  const length = short === 126 ? bytes.readUInt16BE(at + 2) : short === 127 ? Number(bytes.readBigUInt64BE(at + 2)) : short;
  return bytes.length < from + length ? null : { from, to: from + length };
}
