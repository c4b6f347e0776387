import { IconCloudOff, IconRefresh } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../api/connection.js';
import { useWaitingCounts } from '../api/waiting/counts.js';
import { useFormat } from '../ui/format.js';
import styles from './ConnectionPill.module.css';

const LogDialog = lazy(async () => ({ default: (await import('../trust/LogDialog.js')).LogDialog }));

/** A connection that comes back within this long was never gone, as far as people are concerned. */
const graceMs = 1_500;

/** Says what is wrong with the connection, since when, and that nothing is lost. Says nothing while all is well. */
export function ConnectionPill() {
  const { t, i18n } = useTranslation(['common', 'trust']);
  const [showsLog, setShowsLog] = useState(false);
  const format = useFormat();
  const { state, since } = useConnection();
  const { messages, changes, isLasting } = useWaitingCounts();
  const [shown, setShown] = useState(false);
  const trouble = state !== 'online';
  useEffect(() => {
    if (!trouble) return;
    const timer = setTimeout(() => setShown(true), Math.max(0, graceMs - (Date.now() - since.getTime())));
    return () => {
      clearTimeout(timer);
      setShown(false);
    };
  }, [trouble, since]);

  const time = format.time(since);
  const waiting = [messages > 0 && t('trust:messages', { count: messages }), changes > 0 && t('trust:changes', { count: changes })].filter((part) => part !== false);
  const listed = new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(waiting);
  const unsent = `${t('offlineUnsent', { waiting: listed, time })}${isLasting ? '' : ` ${t('offlineLoose')}`}`;
  const offlineWords = waiting.length > 0 ? unsent : t('offlineSince', { time });
  const words = state === 'offline' ? offlineWords : t('connectingSince', { time });
  return (
    <>
      <div role="status" aria-live="polite" className={styles['place']}>
        {trouble && shown && (
          <button type="button" className={styles['pill']} data-state={state} title={t('trust:log.title')} onClick={() => setShowsLog(true)}>
            {state === 'offline' ? <IconCloudOff size={16} aria-hidden="true" /> : <IconRefresh size={16} aria-hidden="true" />}
            {words}
          </button>
        )}
      </div>
      {showsLog && (
        <Suspense>
          <LogDialog opened close={() => setShowsLog(false)} />
        </Suspense>
      )}
    </>
  );
}
