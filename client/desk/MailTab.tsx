import { Button } from '@mantine/core';
import { IconMail, IconPaperclip } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRouteQuery } from '../api/useRoute.js';
import { community, type OutboxMail } from '../../shared/contracts/community.js';
import { EmptyState } from '../ui/EmptyState.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { useFormat } from '../ui/format.js';
import { saveFile } from '../ui/saveFile.js';
import { RowsSkeleton } from '../ui/Skeletons.js';
import styles from './mail.module.css';

/** Mails that were not sent out, for reading here; see `SMTP_URL`. */
export function MailTab() {
  const { t } = useTranslation('desk');
  const outbox = useRouteQuery(community.outbox, {}, { staleTime: 0 });
  if (!outbox.data) return outbox.isPending ? <RowsSkeleton /> : <ErrorNote error={outbox.error} retry={() => void outbox.refetch()} />;
  const { keepsMails, mails } = outbox.data;
  if (!keepsMails) return <EmptyState icon={<IconMail size={22} />} title={t('mail.sentForReal')} text={t('mail.sentText')} />;
  if (mails.length === 0) return <EmptyState icon={<IconMail size={22} />} title={t('mail.none')} text={t('mail.noneText')} />;
  return <ul className={styles['mails']}>{mails.toSorted((a, b) => b.sentAt.localeCompare(a.sentAt)).map((mail) => <Mail key={mail.id} mail={mail} />)}</ul>;
}

function Mail({ mail }: { mail: OutboxMail }) {
  const { t } = useTranslation('desk');
  const format = useFormat();
  return (
    <li>
      <details>
        <summary>
          <b>{mail.subject}</b>
          <span className="meta">{t('mail.to', { to: mail.to })} · {format.dateTime(mail.sentAt)}</span>
        </summary>
        <p>{mail.text}</p>
        {mail.attachments.map(({ name, type, text }) => (
          <Button key={name} size="xs" mt="sm" variant="default" leftSection={<IconPaperclip size={16} aria-hidden />} onClick={() => saveFile(name, type, text)}>{name}</Button>
        ))}
      </details>
    </li>
  );
}
