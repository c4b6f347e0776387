import { Drawer } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PollsPane } from './PollsPane.js';
import { usePolls } from './usePolls.js';
import styles from './polls.module.css';

/** The polls beside the host's console. */
export function PollsDrawer({ workshopId, entries, onClose }: { workshopId: string; entries: number; onClose: () => void }) {
  const { t } = useTranslation('polls');
  const { t: common } = useTranslation();
  const polls = usePolls(workshopId, entries);
  return (
    <Drawer opened onClose={onClose} position="right" title={t('pane')} classNames={{ body: styles['drawer'] }} closeButtonProps={{ 'aria-label': common('close') }}>
      <PollsPane workshopId={workshopId} polls={polls} canHost />
    </Drawer>
  );
}
