import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { community } from '../../../shared/contracts/community.js';
import { useRouteQuery } from '../../api/useRoute.js';
import styles from '../desk.module.css';

/** Where the sandbox plays Stripe: the way to its console, which is a plain page of its own. Shows nothing where money is real. */
export function SandboxLink() {
  const { t } = useTranslation('desk');
  const shown = useRouteQuery(community.show, {});
  if (shown.data?.sandboxConsole !== true) return null;
  return (
    <p className={styles['lead']}>
      <Button component="a" href="/stripe-sandbox/console" variant="default">{t('money.sandbox')}</Button>
    </p>
  );
}
