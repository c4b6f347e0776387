import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Status } from '../../shared/roles.js';
import { ErrorNote } from '../ui/ErrorNote.js';
import { useStatus } from './useStatus.js';
import styles from './presence.module.css';

/** How one stands, to be chosen from a menu. */
export function StatusItems({ status }: { status: Status }) {
  const { t } = useTranslation('reading');
  const { choose, error } = useStatus();
  return (
    <>
      <Menu.Label>{t('status')}</Menu.Label>
      {Status.options.map((one) => (
        <Menu.Item key={one} role="menuitemradio" aria-checked={one === status} closeMenuOnClick={false} leftSection={<span className={styles['sample']} data-standing={one} />} data-chosen={one === status} className={styles['choice']} onClick={() => choose(one)}>
          {t(`status.${one}`)}
        </Menu.Item>
      ))}
      <ErrorNote error={error} />
    </>
  );
}
