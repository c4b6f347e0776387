import { useTranslation } from 'react-i18next';
import { useConnectionLog, type LogEntry } from '../api/connectionLog.js';
import { Dialog } from '../ui/Dialog.js';
import { useFormat } from '../ui/format.js';
import styles from './trust.module.css';

function useWords(): (entry: LogEntry) => string {
  const { t } = useTranslation('trust');
  return (entry) => {
    switch (entry.kind) {
      case 'connected':
        return t('log.connected');
      case 'lost':
        return t(entry.reason === 'io server disconnect' ? 'log.ended' : entry.reason === 'io client disconnect' ? 'log.left' : 'log.lost');
      case 'unreachable':
        return t('log.unreachable');
      case 'woke':
        return t('log.woke');
      case 'caughtUp': {
        const { room, upTo } = entry;
        const found = [entry.messages > 0 && t('messages', { count: entry.messages }), entry.changes > 0 && t('changes', { count: entry.changes })].filter((part) => part !== false).join(', ');
        return t(entry.gap ? 'log.gap' : 'log.caughtUp', { room, upTo, found });
      }
    }
  };
}

/** The connection's last hour, the latest first. */
export function LogDialog({ opened, close }: { opened: boolean; close: () => void }) {
  const { t } = useTranslation('trust');
  const format = useFormat();
  const words = useWords();
  const entries = useConnectionLog().toReversed();
  return (
    <Dialog opened={opened} onClose={close} title={t('log.title')} size="md">
      <p className={styles['note']}>{t('log.note')}</p>
      {entries.length === 0 && <p>{t('log.empty')}</p>}
      <ol className={styles['log']}>
        {entries.map((entry, index) => (
          <li key={entries.length - index}>
            <time dateTime={new Date(entry.at).toISOString()}>{format.exactTime(entry.at)}</time>
            <span>{words(entry)}</span>
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
