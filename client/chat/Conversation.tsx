import { useMemo, useRef, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonView } from '../../shared/contracts/members.js';
import type { MessageView } from '../../shared/contracts/messages.js';
import { tiers } from '../../shared/contracts/tiers.js';
import { useRouteQuery } from '../api/useRoute.js';
import { SpeakGate } from '../moderation/mode/SpeakGate.js';
import { useReadingHere } from '../reading/useReadingHere.js';
import { EmptyState } from '../ui/EmptyState.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { MessagesSkeleton } from '../ui/Skeletons.js';
import { ConversationProvider } from './acts/conversation.js';
import { Notice } from './acts/Notice.js';
import { Opened } from './acts/Opened.js';
import { peopleSeen, type CallableHere } from './composer/callableHere.js';
import { Composer } from './composer/Composer.js';
import { TypingLine } from './composer/TypingLine.js';
import { MessageList } from './list/MessageList.js';
import { sendMessage, usePending, type Pending } from './outbox.js';
import { useDesk } from './useDesk.js';
import type { OpenTimeline } from './useTimeline.js';
import styles from './Conversation.module.css';

/** Whoever stands in one of so many messages counts as seen. */
const seenIn = 200;

/** Everybody who stands in a message, its author last. */
function peopleIn({ author, replyTo, mentions, thread }: MessageView): PersonView[] {
  return [...(thread?.people ?? []), ...mentions.people, ...(replyTo === null ? [] : [replyTo.author]), author];
}

/** Whom one may call here: those who are here, spoke lately, or were spoken to; the room and its tiers, for whoever may moderate it. */
function useCallableHere({ state }: OpenTimeline, me: PersonView, root: MessageView | null): CallableHere {
  const mayCallAll = state.room?.mayModerate ?? false;
  const listed = useRouteQuery(tiers.list, {}, { enabled: mayCallAll }).data;
  const { messages } = state.timeline;
  const here = state.here?.people;
  return useMemo(() => {
    const seen = [...(root === null ? [] : [root]), ...messages.slice(-seenIn)].flatMap(peopleIn);
    const people = peopleSeen(here ?? [], seen, me.id);
    return { people, room: mayCallAll, tiers: mayCallAll ? (listed ?? []) : [] };
  }, [messages, here, listed, mayCallAll, me.id, root]);
}

function usePendingHere({ session }: OpenTimeline): readonly Pending[] {
  const { roomId, threadId } = session.place;
  const all = usePending();
  return useMemo(() => all.filter((pending) => pending.roomId === roomId && pending.threadId === threadId), [all, roomId, threadId]);
}

function Messages({ open, pendings, header, place }: { open: OpenTimeline; pendings: readonly Pending[]; header: ReactNode; place: RefObject<HTMLElement | null> }) {
  const { t } = useTranslation('chat');
  const { session, state } = open;
  const { readBefore, ownUntil, tellRead } = useReadingHere(session.place, place);
  if (state.timeline.top === null) {
    return (
      <div className={styles['rest']}>
        <MessagesSkeleton />
      </div>
    );
  }
  if (state.timeline.messages.length === 0 && pendings.length === 0 && header === null) {
    return (
      <div className={styles['rest']} data-centred="true">
        <EmptyState title={t('empty.title')} text={t('empty.text')} />
      </div>
    );
  }
  return (
    <MessageList
      timeline={state.timeline}
      pendings={pendings}
      readBefore={readBefore}
      ownUntil={ownUntil}
      target={state.target}
      header={header}
      loadOlder={() => void session.walk.loadOlder()}
      loadNewer={() => void session.walk.loadNewer()}
      toLatest={() => void session.walk.toLatest()}
      tellRead={tellRead}
    />
  );
}

export interface ConversationProps {
  open: OpenTimeline;
  me: PersonView;
  /** What the field is called. */
  label: string;
  /** Opens a message's thread; null where there are none. */
  openThread: ((message: MessageView) => void) | null;
  /** What stands above the very first message. */
  header?: ReactNode;
  /** In a thread, the message it hangs from. */
  root?: MessageView | null;
}

/** What is said in an open timeline, and where one says something. */
export function Conversation({ open, me, label, openThread, header = null, root = null }: ConversationProps) {
  const { session, state } = open;
  const [place, field] = [useRef<HTMLDivElement>(null), useRef<HTMLTextAreaElement>(null)];
  const desk = useDesk({ session, me, mayModerate: state.room?.mayModerate ?? false, openThread, field });
  const pendings = usePendingHere(open);
  const callable = useCallableHere(open, me, root);
  const editLast = (): void => {
    // What is still on its way cannot be edited yet, and what was said before it is not the newest.
    if (pendings.length > 0) return;
    const mine = state.timeline.messages.findLast(({ author, deleted }) => author.id === me.id && deleted === null);
    if (mine !== undefined) desk.edit(mine);
  };
  return (
    <ConversationProvider value={desk}>
      <div className={styles['conversation']} ref={place}>
        <ErrorNote error={state.problem} retry={() => void session.join()} />
        <Messages open={open} pendings={pendings} header={header} place={place} />
        <TypingLine people={state.typing} />
        <SpeakGate room={state.room} messages={state.timeline.messages} myId={me.id}>
          <Composer
            field={field}
            label={label}
            callable={callable}
            send={(written) => {
              const isOnItsWay = sendMessage(session.place, written);
              if (isOnItsWay) void session.walk.toLatest();
              return isOnItsWay;
            }}
            editLast={editLast}
            tellTyping={() => session.tellTyping()}
          />
        </SpeakGate>
        <Notice />
        <Opened />
      </div>
    </ConversationProvider>
  );
}
