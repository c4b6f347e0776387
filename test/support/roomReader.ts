/**
 * A client that keeps the chat protocol's promise by the contract alone: joins, then asks for what it missed, fills gaps,
 * drops what it has, sends again under the same name until it is answered, and gives up a connection that does not answer.
 * Survives the loss of its node.
 */
import { randomUUID } from 'node:crypto';
import { io as connect, type Socket } from 'socket.io-client';
import { chat, HistoryView } from '../../shared/contracts/chat.js';
import { MessageView } from '../../shared/contracts/messages.js';
import type { Reply } from '../../shared/failures.js';

export interface RoomReader {
  /** The timeline as it stands here, by `seq`. */
  messages(): MessageView[];
  /** Resolves when the message is acknowledged, however often it had to be sent. */
  send(text: string): Promise<MessageView>;
  /** Resolves when everything up to this `seq` is here. */
  caughtUpTo(seq: number): Promise<void>;
  close(): void;
}

const retryMs = 200;

export async function openRoomReader(url: string, token: string, roomId: string): Promise<RoomReader> {
  const socket = connect(url, { transports: ['websocket'], auth: { token }, forceNew: true, reconnectionDelay: 50, reconnectionDelayMax: 300 });
  const bySeq = new Map<number, MessageView>();
  const waiters = new Set<() => void>();
  let lastSeq = 0;

  const take = (messages: readonly MessageView[]): void => {
    for (const message of messages) {
      const known = bySeq.get(message.seq);
      if (known && known.id !== message.id) throw new Error(`two messages under seq ${message.seq}`);
      bySeq.set(message.seq, message);
    }
    while (bySeq.has(lastSeq + 1)) lastSeq += 1;
    for (const look of waiters) look();
  };

  const catchUp = async (): Promise<void> => {
    for (;;) {
      const reply = (await ask(socket, chat.history.name, { roomId, after: lastSeq })) as Reply<HistoryView> | null;
      if (!reply?.ok) return;
      const page = HistoryView.parse(reply.data);
      take(page.messages);
      if (!page.hasMore) return;
    }
  };

  const enter = async (): Promise<void> => {
    const reply = (await ask(socket, chat.join.name, { roomId })) as Reply<unknown> | null;
    if (reply?.ok) await catchUp();
  };
  socket.on('connect', () => void enter());
  socket.on('community:resync', () => void catchUp());
  socket.on(chat.posted.name, (push: { messages: unknown[] }) => {
    const messages = push.messages.map((message) => MessageView.parse(message));
    const hasGap = (messages[0]?.seq ?? 0) > lastSeq + 1;
    take(messages);
    if (hasGap) void catchUp();
  });
  await waitFor(waiters, () => socket.connected, (look) => socket.on('connect', look));
  await enter();

  return {
    messages: () => [...bySeq.values()].toSorted((one, other) => one.seq - other.seq),
    async send(text) {
      const message = { roomId, clientMessageId: randomUUID(), text };
      for (;;) {
        const reply = (await ask(socket, chat.send.name, message)) as Reply<MessageView> | null;
        if (reply?.ok) return MessageView.parse(reply.data);
        await pause(retryMs);
      }
    },
    caughtUpTo: (seq) => waitFor(waiters, () => lastSeq >= seq),
    close: () => void socket.disconnect(),
  };
}

/** One call; null when the connection was lost before its answer, or there is none now. */
async function ask(socket: Socket, name: string, input: object): Promise<unknown> {
  if (!socket.connected) return null;
  try {
    return await socket.timeout(5_000).emitWithAck(name, input);
  } catch {
    // A connection that swallows a question is dead, whatever it says of itself; the next one asks again.
    if (socket.connected) socket.io.engine.close();
    return null;
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function waitFor(waiters: Set<() => void>, holds: () => boolean, also?: (look: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!holds()) return;
      waiters.delete(look);
      resolve();
    };
    waiters.add(look);
    also?.(look);
    look();
  });
}
