import { ActionIcon, Button, Popover, Tooltip } from '@mantine/core';
import { IconRefreshAlert, IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../api/connection.js';
import { hasGap, isBehind } from '../chat/timeline.js';
import type { OpenTimeline } from '../chat/useTimeline.js';
import { useFormat } from '../ui/format.js';
import { LogDialog } from './LogDialog.js';
import styles from './trust.module.css';

/** Where this client stands in the timeline, and where the server does, as far as is known. */
function Standing({ open, close, showLog }: { open: OpenTimeline; close: () => void; showLog: () => void }) {
  const { t } = useTranslation('trust');
  const format = useFormat();
  const [isChecking, setChecking] = useState(false);
  const { timeline, checkedAt } = open.state;
  const check = async (): Promise<void> => {
    setChecking(true);
    await open.session.check();
    setChecking(false);
  };
  return (
    <div className={styles['standing']}>
      <p className={styles['upTo']} role="status">
        {timeline.isLive ? t('caughtUpTo', { seq: format.number(timeline.top ?? 0) }) : t('inThePast')}
      </p>
      <dl>
        <dt>{t('newest')}</dt>
        <dd>#{format.number(timeline.latest)}</dd>
        <dt>{t('checked')}</dt>
        <dd>{checkedAt === null ? t('never') : format.exactTime(checkedAt)}</dd>
      </dl>
      <div className={styles['acts']}>
        <Button size="xs" loading={isChecking} onClick={() => void check()}>
          {t('checkNow')}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          onClick={() => {
            close();
            showLog();
          }}
        >
          {t('log.title')}
        </Button>
      </div>
    </div>
  );
}

/** Says whether everything is here, and shows on demand how that is known. */
export function TrustButton({ open }: { open: OpenTimeline }) {
  const { t } = useTranslation('trust');
  const [isOpened, setOpened] = useState(false);
  const [showsLog, setShowsLog] = useState(false);
  const { state } = useConnection();
  const isWhole = state === 'online' && !hasGap(open.state.timeline) && !isBehind(open.state.timeline);
  const name = t(isWhole ? 'whole' : 'behind');
  return (
    <>
      <Popover opened={isOpened} onChange={setOpened} position="bottom-end" trapFocus returnFocus>
        <Popover.Target>
          <Tooltip label={name}>
            <ActionIcon variant="subtle" color={isWhole ? 'gray' : 'yellow'} size={36} aria-label={name} aria-expanded={isOpened} onClick={() => setOpened(!isOpened)}>
              {isWhole ? <IconShieldCheck size={18} /> : <IconRefreshAlert size={18} />}
            </ActionIcon>
          </Tooltip>
        </Popover.Target>
        <Popover.Dropdown>
          <Standing open={open} close={() => setOpened(false)} showLog={() => setShowsLog(true)} />
        </Popover.Dropdown>
      </Popover>
      <LogDialog opened={showsLog} close={() => setShowsLog(false)} />
    </>
  );
}
