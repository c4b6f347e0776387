import { Button } from '@mantine/core';
import { IconAdjustments, IconBan, IconClockPause, IconHistory, IconLockOpen, IconPin, IconPinnedOff, IconTrash } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { moderation, type AuditAction, type AuditEntryView } from '../../../shared/contracts/moderation.js';
import { call } from '../../api/socket.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { ErrorNote } from '../../ui/ErrorNote.js';
import { useFormat } from '../../ui/format.js';
import { useSpan } from '../spans.js';
import { usePlaceName } from './usePlaces.js';
import styles from './record.module.css';

const icons = {
  mode_set: IconAdjustments, message_removed: IconTrash, message_pinned: IconPin, message_unpinned: IconPinnedOff,
  member_timed_out: IconClockPause, member_banned: IconBan, restriction_lifted: IconLockOpen,
} as const satisfies Record<AuditAction, unknown>;

/** What was done, as a sentence. */
function useSentence(): (entry: AuditEntryView) => string {
  const { t } = useTranslation('moderation');
  const format = useFormat();
  const span = useSpan();
  return ({ action, by, member, mode, until }) => {
    const names = { by: by === null ? t('house') : by.name || t('someone'), member: member?.name || t('someone') };
    if (action === 'mode_set') {
      const name = mode === null ? '' : mode.kind === 'slow' ? t('badge.slow', { span: span(mode.seconds) }) : t(`mode.${mode.kind}`);
      return by === null ? t('did.mode_set_by_house', { mode: name }) : t('did.mode_set', { ...names, mode: name });
    }
    if (action === 'member_banned' && until === null) return t('did.member_banned_for_good', names);
    return t(`did.${action}`, { ...names, time: until === null ? '' : format.dateTime(until) });
  };
}

function Row({ entry }: { entry: AuditEntryView }) {
  const format = useFormat();
  const placeName = usePlaceName();
  const sentence = useSentence();
  const Icon = icons[entry.action];
  return (
    <li className={styles['row']}>
      <span className={styles['sign']}><Icon size={18} aria-hidden="true" /></span>
      <div className={styles['words']}>
        <p className={styles['sentence']}>{sentence(entry)}</p>
        {entry.reason !== '' && <p className={styles['reason']}>{entry.reason}</p>}
        <p className="meta"><time dateTime={entry.at}>{format.dateTime(entry.at)}</time> · {placeName(entry.roomId)}</p>
      </div>
    </li>
  );
}

/** What was done, in one room or (with null) everywhere; the newest first, page by page. */
export function useAuditLog(roomId: string | null) {
  return useInfiniteQuery({
    queryKey: [moderation.audit.name, roomId],
    queryFn: ({ pageParam }) => call(moderation.audit, pageParam === null ? { roomId } : { roomId, before: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page.hasMore ? (page.entries.at(-1)?.id ?? null) : null),
  });
}

/** What was done by those who moderate, and by the house itself. */
export function AuditLog({ roomId }: { roomId: string | null }) {
  const { t } = useTranslation('moderation');
  const log = useAuditLog(roomId);
  if (log.data === undefined) return <ErrorNote error={log.error} retry={() => void log.refetch()} />;
  const entries = log.data.pages.flatMap((page) => page.entries);
  return (
    <>
      {entries.length === 0 && <EmptyState icon={<IconHistory size={22} />} title={t('nothingDone')} text={t('nothingDoneText')} />}
      <ul className={styles['list']}>
        {entries.map((entry) => <Row key={entry.id} entry={entry} />)}
      </ul>
      <ErrorNote error={log.error} retry={() => void log.fetchNextPage()} />
      {log.hasNextPage && <Button variant="default" mt="md" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>{t('older')}</Button>}
    </>
  );
}
