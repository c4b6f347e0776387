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
      <Menu.RadioGroup value={status} onChange={(value) => choose(Status.parse(value))}>
        {Status.options.map((one) => (
          <Menu.RadioItem key={one} value={one} rightSection={<span className={styles['sample']} data-standing={one} />}>
            {t(`status.${one}`)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <ErrorNote error={error} />
    </>
  );
}
