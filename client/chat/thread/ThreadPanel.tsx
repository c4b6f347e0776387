import { ActionIcon } from '@mantine/core';
import { IconArrowLeft, IconX } from '@tabler/icons-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonView } from '../../../shared/contracts/members.js';
import { FollowButton } from '../../reading/FollowButton.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { isFailure } from '../../api/problems.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { MessagesSkeleton } from '../../ui/Skeletons.js';
import { Conversation } from '../Conversation.js';
import { useTimeline } from '../useTimeline.js';
import { RootMessage } from './RootMessage.js';
import { useMessage } from './useMessage.js';
import { useWayBack } from './useWayBack.js';
import styles from './ThreadPanel.module.css';

export interface ThreadPanelProps {
  roomId: string;
  threadId: string;
  me: PersonView;
  /** The `seq` of the reply to show. */
  target: number | null;
  close: () => void;
}

function ThreadHead({ roomId, threadId, close }: Pick<ThreadPanelProps, 'roomId' | 'threadId' | 'close'>) {
  const { t } = useTranslation(['messages', 'common']);
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever opened it by keyboard goes on in it.
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <header className={styles['head']}>
      <ActionIcon variant="subtle" color="gray" size={36} aria-label={t('common:back')} className={styles['back']} onClick={close}>
        <IconArrowLeft size={20} />
      </ActionIcon>
      <h2 ref={heading} tabIndex={-1}>
        {t('messages:thread')}
      </h2>
      <FollowButton roomId={roomId} threadId={threadId} />
      <ActionIcon variant="subtle" color="gray" size={36} aria-label={t('messages:closeThread')} className={styles['close']} onClick={close}>
        <IconX size={18} />
      </ActionIcon>
    </header>
  );
}

/** A thread beside its room, or over it on a phone: what it hangs from, its replies, and where one replies. */
export function ThreadPanel({ roomId, threadId, me, target, close }: ThreadPanelProps) {
  const { t } = useTranslation('messages');
  const open = useTimeline(roomId, threadId, target);
  const { known, problem } = useMessage(roomId, threadId);
  const isMissing = isFailure(problem, 'message.not_found');
  useWayBack();
  const onKeyDown = (event: KeyboardEvent): void => {
    // What stands open over the thread, and what is being answered or edited in it, has the first claim on Escape.
    if (event.key !== 'Escape' || event.defaultPrevented || !event.currentTarget.contains(event.target as Node)) return;
    event.preventDefault();
    close();
  };
  return (
    <section className={styles['panel']} aria-label={t('thread')} onKeyDown={onKeyDown}>
      <ThreadHead roomId={roomId} threadId={threadId} close={close} />
      {isMissing && <EmptyState title={t('noThread')} />}
      {!isMissing && known === null && (problem === null ? <MessagesSkeleton /> : <ErrorNote error={problem} />)}
      {known !== null && open !== null && (
        <Conversation open={open} me={me} label={t('replyInThread')} openThread={null} root={known.message} header={<RootMessage message={known.message} mine={known.mine.emojis} />} />
      )}
    </section>
  );
}
