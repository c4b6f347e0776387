import { Button } from '@mantine/core';
import { IconAt } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MessageView } from '../../../shared/contracts/messages.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { PageFrame, Section } from '../../ui/PageFrame.js';
import { RowsSkeleton } from '../../ui/Skeletons.js';
import { MessageLink } from './MessageLink.js';
import { keyOf } from '../readingStore.js';
import { UnreadDot } from '../UnreadMark.js';
import { UnreadThreads } from './UnreadThreads.js';
import { useMentions } from './useMentions.js';
import { useReading, useUnreadThreads } from '../useReading.js';
import styles from '../reading.module.css';

/** Whether a message was read; nothing is told of one in a thread that is not followed. */
function useIsUnread(): (message: MessageView) => boolean {
  const { states } = useReading();
  return (message) => message.seq > (states.get(keyOf(message))?.readSeq ?? Infinity);
}

function MentionList() {
  const { t } = useTranslation(['reading', 'common']);
  const { messages, hasMore, error, loadMore, retry } = useMentions();
  const isUnread = useIsUnread();
  if (messages === null) return error === null ? <RowsSkeleton height={72} /> : <ErrorNote error={error} retry={retry} />;
  if (messages.length === 0) return <EmptyState icon={<IconAt size={22} />} title={t('reading:mentions.empty')} text={t('reading:mentions.emptyText')} />;
  return (
    <>
      <ErrorNote error={error} retry={retry} />
      <ul className={styles['rows']}>
        {messages.map((message) => (
          <li key={message.id}>
            <MessageLink message={message} to="message" end={isUnread(message) && <UnreadDot />} />
          </li>
        ))}
        {hasMore && (
          <li className={styles['more']}>
            <Button variant="default" onClick={loadMore}>
              {t('reading:mentions.more')}
            </Button>
          </li>
        )}
      </ul>
    </>
  );
}

/** `/mentions`: what asks for this member, wherever it was said. */
export function MentionsPage() {
  const { t } = useTranslation('reading');
  const hasThreads = useUnreadThreads().length > 0;
  return (
    <PageFrame title={t('mentions')} width="reading">
      {hasThreads && (
        <Section title={t('threads')}>
          <UnreadThreads />
        </Section>
      )}
      <Section title={t('mentions.list')}>
        <MentionList />
      </Section>
    </PageFrame>
  );
}
