import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './RoomPage.module.css';

/** What may stand beside a room, besides a thread; at most one thing does. */
export type PanelName = 'people' | 'pins';

export interface RoomPanelProps {
  name: PanelName;
  close: () => void;
  children: ReactNode;
}

/** What stands beside the room, or comes in over it where there is no room for both. */
export function RoomPanel({ name, close, children }: RoomPanelProps) {
  const { t } = useTranslation(['chat', 'messages', 'common']);
  const isWide = useMediaQuery('(min-width: 1100px)', undefined, { getInitialValueInEffect: false });
  const title = name === 'people' ? t('chat:people') : t('messages:pins');
  if (isWide) {
    return (
      <aside className={styles['panel']} data-name={name} aria-label={title}>
        {children}
      </aside>
    );
  }
  return (
    <Drawer opened onClose={close} position="right" size="xs" title={title} closeButtonProps={{ 'aria-label': t('common:close') }}>
      {children}
    </Drawer>
  );
}
