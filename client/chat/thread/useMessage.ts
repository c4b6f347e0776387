import { useEffect, useState } from 'react';
import { messages, type MessageView, type MyReactions } from '../../../shared/contracts/messages.js';
import { call, on, onConnected } from '../../api/socket.js';
import { onReply } from '../replies.js';

interface Known {
  message: MessageView;
  mine: MyReactions;
}

export interface OneMessage {
  known: Known | null;
  problem: unknown;
}

/** Puts what was told in the place of what is known, where it is newer. */
function merge(before: Known | null, message: MessageView | null, mine: MyReactions | null): Known | null {
  if (before === null) return message !== null && mine !== null ? { message, mine } : null;
  return {
    message: message !== null && message.version > before.message.version ? message : before.message,
    mine: mine !== null && mine.version > before.mine.version ? mine : before.mine,
  };
}

/** One message of a room as it is now, kept true by pushes; asked again at each connection. */
export function useMessage(roomId: string, messageId: string): OneMessage {
  const [state, setState] = useState<OneMessage>({ known: null, problem: null });
  useEffect(() => {
    let isWanted = true;
    const learn = (message: MessageView | null, mine: MyReactions | null): void => {
      if (isWanted) setState((before) => ({ known: merge(before.known, message, mine), problem: null }));
    };
    const ask = (): void => {
      call(messages.show, { roomId, messageId }).then(
        ({ message, mine }) => learn(message, mine),
        (problem: unknown) => isWanted && setState((before) => ({ ...before, problem })),
      );
    };
    const stops = [
      on(messages.changed, (change) => learn(change.messages.find(({ id }) => id === messageId) ?? null, null)),
      on(messages.myReactions, (mine) => mine.messageId === messageId && learn(null, mine)),
      onReply(({ message, mine }) => message.id === messageId && learn(message, mine)),
      onConnected(ask),
    ];
    return () => {
      isWanted = false;
      for (const stop of stops) stop();
    };
  }, [roomId, messageId]);
  return state;
}
