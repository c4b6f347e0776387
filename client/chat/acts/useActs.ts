/** What can be done with a message, in the order in which it is offered. One more act is one more line here. */
import {
  IconArrowBackUp, IconBan, IconClockPause, IconCopy, IconHistory, IconLink, IconMail, IconMessages, IconMoodPlus, IconPencil, IconPin, IconPinnedOff, IconTrash,
  type Icon,
} from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../../shared/contracts/messages.js';
import { mayHoldBack, restrictAsk } from '../../moderation/restrict/restrictAsk.js';
import { markUnread } from '../../reading/marks.js';
import { stateOf } from '../../reading/readingStore.js';
import { copyText } from '../text/copyText.js';
import { useConversation, type ConversationDesk } from './conversation.js';
import { messagePath } from './links.js';
import { pinMessage } from './messageActs.js';

export type ActName = 'react' | 'reply' | 'thread' | 'edit' | 'copyLink' | 'copyText' | 'revisions' | 'unread' | 'pin' | 'unpin' | 'remove' | 'timeOut' | 'ban';

export interface Act {
  name: ActName;
  Icon: Icon;
  /** The key that does it while the message has the focus; null where there is none. */
  shortcut: string | null;
  /** It stands in the bar over the message, not only in the list of all acts. */
  isQuick: boolean;
  run: () => void;
}

/** Every act's icon and key: the one place that says which key does what. */
const kinds: Readonly<Record<ActName, Pick<Act, 'Icon' | 'shortcut' | 'isQuick'>>> = {
  react: { Icon: IconMoodPlus, shortcut: '+', isQuick: true },
  reply: { Icon: IconArrowBackUp, shortcut: 'r', isQuick: true },
  thread: { Icon: IconMessages, shortcut: 't', isQuick: true },
  edit: { Icon: IconPencil, shortcut: 'e', isQuick: false },
  copyLink: { Icon: IconLink, shortcut: 'l', isQuick: false },
  copyText: { Icon: IconCopy, shortcut: 'c', isQuick: false },
  revisions: { Icon: IconHistory, shortcut: null, isQuick: false },
  unread: { Icon: IconMail, shortcut: 'u', isQuick: false },
  pin: { Icon: IconPin, shortcut: 'p', isQuick: false },
  unpin: { Icon: IconPinnedOff, shortcut: 'p', isQuick: false },
  remove: { Icon: IconTrash, shortcut: 'Delete', isQuick: false },
  timeOut: { Icon: IconClockPause, shortcut: null, isQuick: false },
  ban: { Icon: IconBan, shortcut: null, isQuick: false },
};

/** All acts that have a key, for the list of shortcuts. */
export const shortcuts: readonly { name: ActName; shortcut: string }[] = Object.entries(kinds).flatMap(([name, { shortcut }]) =>
  shortcut === null || name === 'unpin' ? [] : [{ name: name as ActName, shortcut }],
);

function namesFor(message: MessageView, { place, me, mayModerate, openThread }: ConversationDesk): ActName[] {
  const isMine = message.author.id === me.id;
  // What a thread hangs from is shown in it, but stands in the room's own timeline: it is answered there.
  const reply: ActName[] = message.threadId === place.threadId ? ['reply'] : [];
  const thread: ActName[] = openThread === null ? [] : ['thread'];
  // A deleted message keeps its place and its thread; there is nothing left to do with it but to link there.
  if (message.deleted !== null) return [...(message.thread === null ? [] : thread), 'copyLink'];
  const names: ActName[] = ['react', ...reply, ...thread];
  if (isMine) names.push('edit');
  names.push('copyLink', 'copyText');
  if (message.editedAt !== null) names.push('revisions');
  // Of a thread that is not followed nothing is counted.
  if (message.threadId === null || stateOf(message)?.isFollowed === true) names.push('unread');
  if (mayModerate) names.push(message.pinnedAt === null ? 'pin' : 'unpin');
  if (isMine || mayModerate) names.push('remove');
  if (mayModerate && mayHoldBack(me, message.author)) names.push('timeOut', 'ban');
  return names;
}

/** The acts by name, as they are run on this message. */
function runsFor(message: MessageView, desk: ConversationDesk, t: TFunction<'messages'>): Readonly<Record<ActName, () => void>> {
  const copy = (text: string, words: string): void => {
    copyText(text).then(() => desk.note.set({ words, isBad: false }), () => desk.note.set({ words: t('notCopied'), isBad: true }));
  };
  return {
    react: () => desk.opened.set({ kind: 'picker', message }),
    reply: () => desk.reply(message),
    thread: () => desk.openThread?.(message),
    edit: () => desk.edit(message),
    copyLink: () => copy(location.origin + messagePath(message, message.seq), t('linkCopied')),
    copyText: () => copy(message.text, t('textCopied')),
    revisions: () => desk.opened.set({ kind: 'revisions', message }),
    unread: () =>
      desk.attempt(async () => {
        await markUnread(message, message.seq);
        desk.note.set({ words: t('markedUnread'), isBad: false });
      }),
    pin: () => desk.attempt(() => pinMessage(message, true)),
    unpin: () => desk.attempt(() => pinMessage(message, false)),
    remove: () => desk.opened.set({ kind: 'remove', message }),
    timeOut: () => restrictAsk.set({ kind: 'timeout', person: message.author, roomId: message.roomId }),
    ban: () => restrictAsk.set({ kind: 'ban', person: message.author, roomId: message.roomId }),
  };
}

/** What I may do with a message. */
export function useActs(): (message: MessageView) => readonly Act[] {
  const { t } = useTranslation('messages');
  const desk = useConversation();
  return (message) => {
    const runs = runsFor(message, desk, t);
    return namesFor(message, desk).map((name) => ({ name, ...kinds[name], run: runs[name] }));
  };
}
