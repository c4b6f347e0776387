/** What nodes say to each other outside of Socket.IO: Redis pub/sub between nodes, nothing but this node on a single one. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AppError, failures, type FailureCode } from '../../shared/failures.js';
import type { Logger } from './logger.js';

export interface Bus {
  /** This node's name, unique in the cluster. */
  readonly nodeId: string;
  /**
   * Tells all nodes, this one included: this one at once, the others at most once (a node that is away does not hear it).
   * `data` is JSON. Never fails; what must not be lost is stored first.
   */
  publish(topic: string, data: unknown): void;
  subscribe(topic: string, hear: (data: unknown) => void): void;
  /**
   * Asks one node and waits for its answer. An AppError thrown by the answering node is thrown here as the same AppError.
   *
   * @throws server.busy - the node is not there, did not answer in time, or failed in a way it does not tell.
   */
  request(nodeId: string, topic: string, data: unknown): Promise<unknown>;
  respond(topic: string, answer: (data: unknown) => Promise<unknown>): void;
  /** Called when the link between nodes was lost and stands again: whatever was said meanwhile may have been missed. */
  onRestored(hear: () => void): void;
  /** Whether the link stands now. */
  isUp(): boolean;
  close(): Promise<void>;
}

/** The link under a bus: carries texts to all nodes. The one that sent a text may hear it too. */
export interface Wire {
  /** There is nobody at the other end: nothing needs to be put into words. */
  readonly isLone?: true;
  send(text: string): void;
  onText(hear: (text: string) => void): void;
  onRestored(hear: () => void): void;
  isUp(): boolean;
  close(): Promise<void>;
}

const Envelope = z.object({
  to: z.string().nullable(),
  kind: z.enum(['say', 'ask', 'answer', 'failure']),
  topic: z.string(),
  id: z.string(),
  data: z.unknown(),
});
type Envelope = z.infer<typeof Envelope>;

/** What goes over the wire as one text: who says it, and all that was said in one turn of the event loop's queue. */
const Parcel = z.tuple([z.string(), z.array(Envelope)]);

interface Waiting {
  resolve(data: unknown): void;
  reject(error: AppError): void;
  timer: NodeJS.Timeout;
}

const answerWithinMs = 5_000;

/** A bus over a wire. On a node that is alone the wire carries nothing and everything stays here. */
export function createBus(wire: Wire, log: Logger, nodeId: string = randomUUID()): Bus {
  const hearers = new Map<string, ((data: unknown) => void)[]>();
  const answerers = new Map<string, Answer>();
  const send = createSending(wire, nodeId);
  const asking = createAsking(send);

  const hear = (topic: string, data: unknown): void => {
    for (const hearer of hearers.get(topic) ?? []) hearer(data);
  };
  const take = (from: string, envelope: Envelope): void => {
    if (envelope.to !== null && envelope.to !== nodeId) return;
    if (envelope.kind === 'say') hear(envelope.topic, envelope.data);
    else if (envelope.kind === 'ask') void answerTo(from, envelope, answerers.get(envelope.topic), send, log);
    else asking.settle(envelope);
  };
  const own = opening(nodeId);
  wire.onText((text) => {
    // What this node said it has heard already: it is not even read.
    if (text.startsWith(own)) return;
    const [from, envelopes] = readParcel(text);
    for (const envelope of envelopes) take(from, envelope);
  });

  return {
    nodeId,
    publish(topic, data) {
      hear(topic, data);
      send({ to: null, kind: 'say', topic, id: '', data });
    },
    subscribe(topic, hearer) {
      hearers.set(topic, [...(hearers.get(topic) ?? []), hearer]);
    },
    request: (to, topic, data) => asking.ask(to, topic, data),
    respond: (topic, answer) => void answerers.set(topic, answer),
    onRestored: (hearer) => wire.onRestored(hearer),
    isUp: () => wire.isUp(),
    async close() {
      asking.giveUp();
      await wire.close();
    },
  };
}

type Send = (envelope: Envelope) => void;
type Answer = (data: unknown) => Promise<unknown>;

/** How all texts of one node begin. */
const opening = (nodeId: string): string => `[${JSON.stringify(nodeId)},`;

/** Gathers what is said before anybody waits: a text costs every node about the same, however much it says. */
function createSending(wire: Wire, nodeId: string): Send {
  if (wire.isLone) return () => undefined;
  let gathered: string[] = [];
  const flush = (): void => {
    const texts = gathered;
    gathered = [];
    wire.send(`${opening(nodeId)}[${texts.join(',')}]]`);
  };
  return (envelope) => {
    // As it is now: whoever says it may change it afterwards.
    if (gathered.push(JSON.stringify(envelope)) === 1) queueMicrotask(flush);
  };
}

/** The requests of this node that wait for their answers. */
function createAsking(send: Send) {
  const waiting = new Map<string, Waiting>();
  const finish = (id: string, how: (waiter: Waiting) => void): void => {
    const waiter = waiting.get(id);
    if (!waiter) return;
    clearTimeout(waiter.timer);
    waiting.delete(id);
    how(waiter);
  };
  const refuse = (id: string): void => finish(id, (waiter) => waiter.reject(new AppError('server.busy')));
  return {
    ask: (to: string, topic: string, data: unknown): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const id = randomUUID();
        waiting.set(id, { resolve, reject, timer: setTimeout(() => refuse(id), answerWithinMs) });
        send({ to, kind: 'ask', topic, id, data });
      }),
    settle: ({ id, kind, data }: Envelope): void =>
      finish(id, (waiter) => (kind === 'answer' ? waiter.resolve(data) : waiter.reject(readFailure(data)))),
    giveUp(): void {
      for (const id of [...waiting.keys()]) refuse(id);
    },
  };
}

async function answerTo(from: string, asked: Envelope, answer: Answer | undefined, send: Send, log: Logger): Promise<void> {
  const reply = { to: from, topic: asked.topic, id: asked.id };
  try {
    if (!answer) throw new AppError('server.busy');
    send({ ...reply, kind: 'answer', data: await answer(asked.data) });
  } catch (error) {
    if (!(error instanceof AppError)) log.error({ err: error, topic: asked.topic }, 'a request of another node broke');
    send({ ...reply, kind: 'failure', data: error instanceof AppError ? error.failure : { code: 'server.busy', data: {} } });
  }
}

function readParcel(text: string): z.infer<typeof Parcel> {
  try {
    return Parcel.parse(JSON.parse(text));
  } catch {
    // Another version's node, or something else on the same Redis: not for us.
    return ['', []];
  }
}

function readFailure(data: unknown): AppError {
  const read = z.object({ code: z.string(), data: z.unknown() }).safeParse(data);
  if (!read.success || !(read.data.code in failures)) return new AppError('server.busy');
  const code = read.data.code as FailureCode;
  const error: AppError = new AppError('server.busy');
  return Object.assign(error, { code, message: code, failure: { code, data: failures[code].data.parse(read.data.data) } });
}

/** The wire of a node that is alone. */
export function loneWire(): Wire {
  return { isLone: true, send() {}, onText() {}, onRestored() {}, isUp: () => true, close: () => Promise.resolve() };
}
