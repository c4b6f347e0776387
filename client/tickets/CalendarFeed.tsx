import { ActionIcon, Button, CopyButton, TextInput, Tooltip } from '@mantine/core';
import { IconCalendarPlus, IconCheck, IconCopy } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { routeKey, useRouteMutation, useRouteQuery } from '../api/useRoute.js';
import { calendar, type FeedView } from '../../shared/contracts/tickets/calendar.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { useFormat } from '../ui/format.js';
import { Section } from '../ui/PageFrame.js';
import { RowsSkeleton } from '../ui/Skeletons.js';
import styles from './tickets.module.css';

/** One's workshops in one's own calendar, under an address that only the member knows, and may change or close. */
export function CalendarFeed() {
  const { t } = useTranslation('calendar');
  const feed = useRouteQuery(calendar.feed, {});
  return (
    <Section title={t('feed')}>
      {feed.isPending ? <RowsSkeleton count={1} /> : feed.error ? <ErrorNote error={feed.error} retry={() => void feed.refetch()} /> : <Feed feed={feed.data ?? null} />}
    </Section>
  );
}

function Feed({ feed }: { feed: FeedView | null }) {
  const { t } = useTranslation('calendar');
  const format = useFormat();
  const queries = useQueryClient();
  const open = useRouteMutation(calendar.open);
  const close = useRouteMutation(calendar.close);
  // Told once, so it is kept for as long as this page is.
  const [address, setAddress] = useState<string | null>(null);
  const know = (told: FeedView | null, where: string | null) => {
    queries.setQueryData(routeKey(calendar.feed, {}), told);
    setAddress(where);
  };
  return (
    <div className={styles['feed']}>
      <p>{t('feed.text')}</p>
      {address !== null && <Address address={address} />}
      {feed && <p className="meta">{feed.readAt ? t('feed.read', { opened: format.dateTime(feed.openedAt), read: format.dateTime(feed.readAt) }) : t('feed.unread', { opened: format.dateTime(feed.openedAt) })}</p>}
      <div className={styles['ways']}>
        <Button variant="default" loading={open.isPending} leftSection={<IconCalendarPlus size={18} aria-hidden />} onClick={() => open.mutate({}, { onSuccess: ({ address: where, ...told }) => know(told, where) })}>{feed ? t('feed.renew') : t('feed.open')}</Button>
        {feed && <Button variant="subtle" color="gray" loading={close.isPending} onClick={() => close.mutate({}, { onSuccess: () => know(null, null) })}>{t('feed.close')}</Button>}
      </div>
      <ErrorNote error={open.error ?? close.error} />
    </div>
  );
}

function Address({ address }: { address: string }) {
  const { t } = useTranslation('calendar');
  const copy = (
    <CopyButton value={address}>
      {({ copied, copy: take }) => (
        <Tooltip label={copied ? t('feed.copied') : t('feed.copy')}>
          <ActionIcon variant="subtle" size="lg" aria-label={copied ? t('feed.copied') : t('feed.copy')} onClick={take}>{copied ? <IconCheck size={18} /> : <IconCopy size={18} />}</ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
  return (
    <>
      <TextInput label={t('feed.address')} inputWrapperOrder={['label', 'input', 'description', 'error']} description={t('feed.once')} readOnly value={address} onFocus={(event) => event.currentTarget.select()} rightSection={copy} rightSectionWidth={44} />
      <a href={address.replace(/^https?:/, 'webcal:')}>{t('feed.subscribe')}</a>
    </>
  );
}
