/** How much was said in a room while its pane was not in front. */
import { useEffect, useState } from 'react';
import { on } from '../../api/socket.js';
import { chat } from '../../../shared/contracts/chat.js';

/** Messages of others since the pane was last in front; 0 while it is. */
export function useUnseen(roomId: string, isInFront: boolean, meId: string): number {
  const [count, setCount] = useState(0);
  useEffect(() => on(chat.posted, (told) => {
    if (told.roomId !== roomId) return;
    const others = told.messages.filter((message) => message.author.id !== meId).length;
    setCount((before) => (isInFront ? 0 : before + others));
  }), [roomId, isInFront, meId]);
  return isInFront ? 0 : count;
}
