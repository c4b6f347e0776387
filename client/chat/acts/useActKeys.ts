import type { KeyboardEvent } from 'react';
import type { MessageView } from '../../../shared/contracts/messages.js';
import { useConversation } from './conversation.js';
import { useActs } from './useActs.js';

/** The keys that act on a message while it has the focus; Enter lists all acts. The answer says whether the key was one. */
export function useActKeys(): (event: KeyboardEvent, message: MessageView) => boolean {
  const actsOf = useActs();
  const { opened } = useConversation();
  return (event, message) => {
    const aliases: Readonly<Record<string, string>> = { '=': '+', Backspace: 'Delete' };
    const pressed = aliases[event.key] ?? event.key;
    const act = actsOf(message).find(({ shortcut }) => shortcut === pressed);
    if (act !== undefined) act.run();
    else if (pressed === 'Enter') opened.set({ kind: 'acts', message });
    return act !== undefined || pressed === 'Enter';
  };
}
