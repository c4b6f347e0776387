import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { community } from '../../shared/contracts/community.js';
import { useSession } from '../api/session.js';
import { useRouteQuery } from '../api/useRoute.js';
import styles from './styles/TestModeBand.module.css';

/**
 * Says, on every page that sells, that money is only played with; shows the organizer the way to where they play Stripe.
 * Shows nothing where money is real.
 *
 * @param inPage - within a page's column, as a thing of its own; else from edge to edge of what it stands in.
 */
export function TestModeBand({ inPage = false }: { inPage?: boolean }) {
  const { t } = useTranslation();
  const { me } = useSession();
  const shown = useRouteQuery(community.show, {});
  if (shown.data?.testMode !== true) return null;
  return (
    <p role="note" className={styles['band']} data-in-page={inPage}>
      {t('testMode')}
      {shown.data.sandboxConsole && me?.role === 'organizer' && <> <Anchor href="/stripe-sandbox/console" inherit c="inherit" underline="always">{t('sandboxConsole')}</Anchor></>}
    </p>
  );
}
