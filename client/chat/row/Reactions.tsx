import { Tooltip } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { messages, type MessageView, type ReactionView } from '../../../shared/contracts/messages.js';
import { call } from '../../api/socket.js';
import { useConversation } from '../acts/conversation.js';
import { react } from '../acts/messageActs.js';
import { emojiNamed } from '../emoji/catalogue.js';
import { useName } from './useName.js';
import styles from './parts.module.css';

/** So many of those who reacted are named; the rest is a number. */
const namedMax = 12;

/** Who reacted, asked for when somebody wants to know; asked again when the message has changed since. */
function useReactors(message: MessageView, emoji: string): { names: readonly string[] | null; ask: () => void } {
  const name = useName();
  const [found, setFound] = useState<{ version: number; names: readonly string[] } | null>(null);
  const isFresh = found !== null && found.version === message.version;
  const ask = (): void => {
    if (isFresh) return;
    const { roomId, id, version } = message;
    // Who it was is told with the next look; the count stands there anyway.
    call(messages.reactors, { roomId, messageId: id, emoji }).then((people) => setFound({ version, names: people.map(name) }), () => undefined);
  };
  return { names: isFresh ? found.names : null, ask };
}

function useReactorWords(names: readonly string[] | null, count: number): string {
  const { t, i18n } = useTranslation('messages');
  if (names === null) return t('reacted', { count });
  const named = names.slice(0, namedMax);
  const others = count - named.length;
  return new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(others > 0 ? [...named, t('others', { count: others })] : named);
}

function Reaction({ message, reaction, isMine }: { message: MessageView; reaction: ReactionView; isMine: boolean }) {
  const { t } = useTranslation(['messages', 'emoji']);
  const { attempt } = useConversation();
  const { names, ask } = useReactors(message, reaction.emoji);
  const words = useReactorWords(names, reaction.count);
  const known = emojiNamed(reaction.emoji);
  const label = t('messages:reaction', { emoji: known === null ? reaction.emoji : t(`emoji:${known}`), count: reaction.count });
  return (
    <Tooltip label={words} multiline maw={280} events={{ hover: true, focus: true, touch: false }}>
      <button
        type="button"
        className={styles['chip']}
        aria-pressed={isMine}
        aria-label={label}
        onPointerEnter={ask}
        onFocus={ask}
        onClick={() => attempt(() => react(message, reaction.emoji, !isMine))}
      >
        <span aria-hidden="true">{reaction.emoji}</span>
        <span className="tabular">{reaction.count}</span>
      </button>
    </Tooltip>
  );
}

/** How people reacted; pressing a chip joins them, or takes one's own back. */
export function Reactions({ message, mine }: { message: MessageView; mine: readonly string[] }) {
  if (message.reactions.length === 0) return null;
  return (
    <div className={styles['reactions']}>
      {message.reactions.map((reaction) => (
        <Reaction key={reaction.emoji} message={message} reaction={reaction} isMine={mine.includes(reaction.emoji)} />
      ))}
    </div>
  );
}
