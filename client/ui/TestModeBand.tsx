import { useTranslation } from 'react-i18next';
import { community } from '../../shared/contracts/community.js';
import { useRouteQuery } from '../api/useRoute.js';
import styles from './styles/TestModeBand.module.css';

/**
 * Says, on every page that sells, that money is only played with. Shows nothing where it is real.
 *
 * @param inPage - within a page's column, as a thing of its own; else from edge to edge of what it stands in.
 */
export function TestModeBand({ inPage = false }: { inPage?: boolean }) {
  const { t } = useTranslation();
  const shown = useRouteQuery(community.show, {});
  if (shown.data?.testMode !== true) return null;
  return (
    <p role="note" className={styles['band']} data-in-page={inPage}>
      {t('testMode')}
    </p>
  );
}
