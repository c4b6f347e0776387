import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../shared/contracts/live/doctor.js';
import styles from './doctor.module.css';

/** What stands in the way by the server's settings, each with what to do about it. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  const { t } = useTranslation('doctor');
  if (findings.length === 0) return <p className={styles['fine']}><IconCircleCheck size={18} aria-hidden /> {t('finding.nothing')}</p>;
  return (
    <ul className={styles['findings']}>
      {findings.map((finding) => (
        <li key={finding.kind} data-finding={finding.kind}>
          <IconAlertTriangle size={18} aria-hidden />
          <div>
            <h3>{t(`finding.${finding.kind}`, finding)}</h3>
            <p>{t(`finding.${finding.kind}Text`)}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
