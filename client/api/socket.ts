/** The live connection: calls (asked and answered) and pushes (told), by contract. It stands while somebody is signed in. */
import { io } from 'socket.io-client';
import type { z } from 'zod';
import type { Call, Push } from '../../shared/define.js';
import { connection, setConnection } from './connection.js';
import { note } from './connectionLog.js';
import { isFailure, isSessionFailure, OfflineError, readFailure, readReply } from './problems.js';
import { currentToken, renewToken, session } from './session.js';
import { onWake } from './wake.js';

const connectPatienceMs = 8_000;
const replyPatienceMs = 10_000;
const returnDelayMs = 1_500;
const provePatienceMs = 3_000;
/** Who looks at another tab for less than this was not away. */
const longAwayMs = 20_000;

const socket = io({
  transports: ['websocket'],
  autoConnect: false,
  // A knock that nobody answers, or whose door is shut without a word, is given up no later than who waits for it gives up.
  timeout: connectPatienceMs,
  reconnectionDelay: 400,
  reconnectionDelayMax: 4_000,
  // Without a token the server refuses with a session failure, and that road leads to a renewal.
  auth: (give) => void currentToken().then((token) => give({ token }), () => give({ token: null })),
});

let memberId: string | null = null;

/**
 * A refused or ended connection does not come back by itself: after a moment, in which another tab may tell that the
 * session is over, renew what it showed and knock again.
 */
async function knockAgain(renew: boolean): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, returnDelayMs));
  try {
    if (renew && memberId !== null) await renewToken(await currentToken());
  } catch {
    // The server cannot be asked right now; the next knock will tell.
  }
  if (memberId !== null && !socket.connected) socket.connect();
}

function followSession(): void {
  const next = session.get().me?.id ?? null;
  if (next === memberId) return;
  memberId = next;
  socket.disconnect();
  setConnection(next === null ? 'online' : 'connecting');
  if (next !== null) socket.connect();
}

session.subscribe(followSession);
socket.on('connect', () => {
  setConnection('online');
  note({ kind: 'connected' });
});
socket.on('disconnect', (reason) => {
  if (memberId === null) return;
  // A browser that says it has no network has none, and may leave a knock hanging; that it has one proves nothing.
  setConnection(navigator.onLine ? 'connecting' : 'offline');
  note({ kind: 'lost', reason });
  if (reason === 'io server disconnect') void knockAgain(true);
});
socket.on('connect_error', (error) => {
  if (memberId === null) return;
  if (connection.get().state !== 'offline') note({ kind: 'unreachable' });
  setConnection('offline');
  if (socket.active) return;
  const data = 'data' in error ? error.data : undefined;
  void knockAgain(isSessionFailure(readFailure(data)));
});

/**
 * A page that slept, or whose network changed, may hold a connection that is one no longer and would find out only when the
 * next ping stays away. Any answer proves it, so a call that there is none of is asked: it costs nobody anything.
 */
async function proveConnection(awayMs: number): Promise<void> {
  if (memberId === null) return;
  if (awayMs > longAwayMs) note({ kind: 'woke' });
  if (!socket.connected) {
    // At once, not when the pause between two tries is over.
    socket.disconnect().connect();
    return;
  }
  const { engine } = socket.io;
  await socket.timeout(provePatienceMs).emitWithAck('connection:prove', {}).catch(() => engine.close());
}
onWake((awayMs) => void proveConnection(awayMs));

// A page with an open connection is not kept for the way back to it. Whoever comes back connects and catches up.
addEventListener('pagehide', () => {
  if (memberId !== null) socket.disconnect();
});

function connected(): Promise<void> {
  if (socket.connected) return Promise.resolve();
  const asker = memberId;
  return new Promise((resolve, reject) => {
    const done = (): void => {
      clearTimeout(timer);
      // What one member asked while waiting must not go out as another's.
      if (memberId === asker) resolve();
      else reject(new OfflineError());
    };
    const timer = setTimeout(() => {
      socket.off('connect', done);
      reject(new OfflineError());
    }, connectPatienceMs);
    socket.once('connect', done);
  });
}

async function ask<I extends z.ZodType, O extends z.ZodType>(contract: Call<I, O>, input: z.input<I>): Promise<z.output<O>> {
  await connected();
  let reply: unknown;
  try {
    reply = await socket.timeout(replyPatienceMs).emitWithAck(contract.name, input);
  } catch (error) {
    // A connection that swallows a question is dead, whatever it says of itself.
    if (socket.connected) socket.io.engine.close();
    throw new OfflineError(error);
  }
  const view = contract.output.safeParse(readReply(reply));
  if (!view.success) throw readFailure(undefined);
  return view.data;
}

/**
 * Asks over the live connection, waiting up to eight seconds for it. An expired session is renewed once.
 * @throws AppError - the failure the server told of (codes in the call's contract).
 * @throws OfflineError - no connection or no answer: nothing is known of what was asked, so ask again under the same client id.
 */
export async function call<I extends z.ZodType, O extends z.ZodType>(contract: Call<I, O>, input: z.input<I>): Promise<z.output<O>> {
  try {
    return await ask(contract, input);
  } catch (error) {
    if (!isFailure(error, 'session.expired')) throw error;
    if ((await renewToken(await currentToken())) === null) throw error;
    socket.disconnect().connect();
    return ask(contract, input);
  }
}

/** Hears a push; the answer stops it. What does not fit the contract is a newer server's and is left unheard. */
export function on<D extends z.ZodType>(push: Push<D>, handler: (data: z.output<D>) => void): () => void {
  const hear = (told: unknown): void => {
    const data = push.data.safeParse(told);
    if (data.success) handler(data.data);
  };
  socket.on(push.name, hear);
  return () => void socket.off(push.name, hear);
}

/** Calls `handler` at each (re)connection, and at once when already connected; the answer stops it. */
export function onConnected(handler: () => void): () => void {
  socket.on('connect', handler);
  if (socket.connected) handler();
  return () => void socket.off('connect', handler);
}
