/** Answers calls: parse by the contract, limit, actor, verb, reply. The socket side's only try/catch. */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Call } from '../../shared/define.js';
import { AppError, type Reply } from '../../shared/failures.js';
import { readInput } from '../../shared/readInput.js';
import type { Actor } from '../access/actor.js';
import type { Limits } from '../platform/limits.js';
import type { Logger } from '../platform/logger.js';
import type { Actors } from './actors.js';
import { connectionOf, type AppSocket, type Connection } from './connection.js';

type Answer = (reply: Reply<unknown>) => void;

/** One line of a feature's table: the call, and what answers it. */
export interface CallEntry {
  call: Call;
  answer(actor: Actor, input: unknown, connection: Connection): Promise<unknown>;
}

/** Binds a call to its verb, with the contract's own types on both sides. */
export function answerCall<C extends Call>(
  call: C,
  answer: (actor: Actor, input: z.output<C['input']>, connection: Connection) => Promise<z.input<C['output']>>,
): CallEntry {
  return { call, answer: (actor, input, connection) => answer(actor, input as z.output<C['input']>, connection) };
}

export interface HandleDeps {
  actors: Actors;
  limits: Limits;
  log: Logger;
  /** Hears of each answer: the call, the failure's code or `ok`, and how long it took. */
  onAnswered(call: string, outcome: string, seconds: number): void;
  /** Hears that an answer was written to the socket. */
  onWritten(socket: AppSocket): void;
  /** Replies under way, so that a shutdown can wait for them. */
  underWay: Set<Promise<void>>;
  /** While the node closes no more is taken: who asks now hears nothing, loses the connection, and asks another node again. */
  isDraining(): boolean;
}

/** Lets one socket ask every call of the table. */
export function handleCalls(socket: AppSocket, table: ReadonlyMap<string, CallEntry>, deps: HandleDeps): void {
  const connection = connectionOf(socket);
  socket.onAny((name: string, ...args: unknown[]) => {
    if (deps.isDraining()) return;
    const work = handleOne(socket, connection, table.get(name), args, deps);
    deps.underWay.add(work);
    void work.finally(() => deps.underWay.delete(work));
  });
}

async function handleOne(socket: AppSocket, connection: Connection, entry: CallEntry | undefined, args: unknown[], deps: HandleDeps): Promise<void> {
  // Without an acknowledgement there is nobody to tell what became of it, so nothing is done.
  const answer = args.at(-1);
  if (typeof answer !== 'function') return;
  const startedAt = performance.now();
  const reply = entry ? await replyTo(socket, connection, entry, args.length === 2 ? args[0] : undefined, deps) : notACall();
  (answer as Answer)(reply);
  deps.onWritten(socket);
  if (entry) deps.onAnswered(entry.call.name, reply.ok ? 'ok' : reply.failure.code, (performance.now() - startedAt) / 1000);
}

const notACall = (): Reply<never> => ({ ok: false, failure: { code: 'route.not_found', data: {} } });

async function replyTo(socket: AppSocket, connection: Connection, entry: CallEntry, raw: unknown, deps: HandleDeps): Promise<Reply<unknown>> {
  const { memberId, sessionId } = socket.data;
  try {
    await deps.limits.spend(entry.call.name, memberId, entry.call.limit);
    const input = readInput(entry.call.input, raw);
    const actor = await deps.actors.get(memberId, sessionId);
    return { ok: true, data: await entry.answer(actor, input, connection) };
  } catch (error) {
    if (error instanceof AppError) return { ok: false, failure: error.failure };
    const requestId = randomUUID();
    deps.log.error({ requestId, call: entry.call.name, memberId, err: error }, 'a call broke');
    return { ok: false, failure: { code: 'server.broke', data: { requestId } } };
  }
}
