/** Ends this node's connections in waves, so that those who come back do so at another node, and not all at once. */
import { randomInt } from 'node:crypto';
import { setTimeout as pass } from 'node:timers/promises';
import type { AppIo, AppSocket } from './connection.js';

/** In one wave: a twentieth of all, but never fewer than this. */
const waveParts = 20;
const waveLeast = 25;
/** Between two waves: at least this, and up to twice as long, so that several nodes do not keep step. Milliseconds. */
const pauseMs = 300;

/**
 * Only the line is closed, not the Socket.IO session: to a client that is a lost line, which it opens again by itself
 * within a second; a session ended by the server would have it prove itself anew.
 *
 * @param isFirst - whether a connection goes before others.
 * @param signal - ends the waves; whoever is left then stays.
 */
export async function moveSockets(io: AppIo, isFirst: (connectionId: string) => boolean, signal: AbortSignal): Promise<void> {
  const asked = new WeakSet<AppSocket>();
  const left = (): AppSocket[] => {
    const open = [...io.sockets.sockets.values()].filter((socket) => !asked.has(socket));
    return [...open.filter(({ id }) => isFirst(id)), ...open.filter(({ id }) => !isFirst(id))];
  };
  const size = Math.max(waveLeast, Math.ceil(left().length / waveParts));
  for (let wave = left().slice(0, size); wave.length > 0 && !signal.aborted; wave = left().slice(0, size)) {
    for (const socket of wave) {
      asked.add(socket);
      socket.conn.close();
    }
    await pass(pauseMs + randomInt(pauseMs), undefined, { signal }).catch(() => undefined);
  }
}
