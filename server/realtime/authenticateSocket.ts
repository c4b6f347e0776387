/** Lets a socket in by the same access token and the same function as HTTP, or refuses the connection. */
import { AppError } from '../../shared/failures.js';
import type { Actor } from '../access/actor.js';
import { memberChannel, standingChannels } from './channels.js';
import type { AppSocket } from './connection.js';

/** Proves an access token: who it names, read afresh. */
export type Authenticate = (token: string) => Promise<Actor>;

/** So many connections one member may have on one node: more than there are tabs on all their devices. Each is told everything, and judged whenever a right of theirs changes. */
const connectionsMax = 50;
/** When somebody who has too many is to ask again, in milliseconds. */
const askAgainMs = 60_000;

/**
 * Socket.IO middleware. A refused client gets a `connect_error` whose `data` is the failure: `session.required`, `session.expired`,
 * `limits.too_many` or `server.busy`. The token travels in the handshake's `auth`, never in the URL.
 */
export function authenticateSocket(authenticate: Authenticate, now: () => Date) {
  // Socket.IO lets one connection knock again before its first knock is answered, and would hear each push once for each knock.
  const asked = new WeakSet<AppSocket['conn']>();
  return (socket: AppSocket, next: (error?: Error & { data?: unknown }) => void): void => {
    const token: unknown = socket.handshake.auth['token'];
    if (typeof token !== 'string' || asked.has(socket.conn)) {
      next(refusal(new AppError('session.required')));
      return;
    }
    asked.add(socket.conn);
    authenticate(token).then(
      (actor) => {
        if (countOf(socket, actor) >= connectionsMax) {
          next(refusal(new AppError('limits.too_many', { retryAt: new Date(now().getTime() + askAgainMs).toISOString() })));
          return;
        }
        socket.data.memberId = actor.memberId;
        socket.data.sessionId = actor.sessionId;
        void socket.join(standingChannels(actor));
        next();
      },
      (error: unknown) => {
        asked.delete(socket.conn);
        next(refusal(error instanceof AppError ? error : new AppError('server.busy')));
      },
    );
  };
}

/** Socket.IO middleware for a node that is about to leave: whoever knocks is asked to come back, and finds another node then. */
export function sendElsewhere(isClosedToNew: () => boolean) {
  return (_socket: AppSocket, next: (error?: Error & { data?: unknown }) => void): void => {
    if (isClosedToNew()) next(refusal(new AppError('server.busy')));
    else next();
  };
}

/** How many connections the member has on this node. */
function countOf({ nsp }: AppSocket, { memberId }: Actor): number {
  return nsp.adapter.rooms.get(memberChannel(memberId))?.size ?? 0;
}

function refusal(error: AppError): Error & { data: unknown } {
  return Object.assign(new Error(error.code), { data: error.failure });
}
