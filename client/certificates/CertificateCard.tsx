import { Button } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconDownload, IconFileCode } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { certificatePdfPath, type CertificateView } from '../../shared/contracts/attendance/certificates.js';
import { useFormat } from '../ui/format.js';
import { saveFile } from '../ui/saveFile.js';
import styles from './certificates.module.css';

/** What a certificate says, and whether it is valid, for everybody. */
export function CertificateCard({ certificate }: { certificate: CertificateView }) {
  const { t, i18n } = useTranslation('certificates');
  const format = useFormat();
  const { id, name, workshop, community, minutes, percent, liveAt, endedAt, issuedAt, revoked, statement } = certificate;
  return (
    <article className={styles['card']} data-revoked={revoked !== null}>
      <Verdict revoked={revoked} />
      <p className={styles['community']}>{community}</p>
      <h2 className={styles['name']}>{name}</h2>
      <p className={styles['workshop']}>{t('attended', { workshop })}</p>
      <dl className={styles['facts']}>
        <div><dt>{t('live')}</dt><dd className="tabular">{t('span', { day: format.date(liveAt), from: format.time(liveAt), to: format.time(endedAt) })}</dd></div>
        <div><dt>{t('present')}</dt><dd className="tabular">{t('presence', { count: minutes, percent })}</dd></div>
        <div><dt>{t('issued')}</dt><dd>{format.date(issuedAt)}</dd></div>
        <div><dt>{t('number')}</dt><dd className={styles['id']}>{id}</dd></div>
      </dl>
      <div className={styles['ways']}>
        {!revoked && <Button component="a" href={certificatePdfPath(id, i18n.language)} leftSection={<IconDownload size={17} aria-hidden />}>{t('pdf')}</Button>}
        <Button variant="default" leftSection={<IconFileCode size={17} aria-hidden />} onClick={() => saveFile(`certificate-${id}.jws`, 'application/jose', statement)}>{t('statement')}</Button>
      </div>
      <p className="meta">{t('offline')} <a href="/.well-known/jwks.json">{t('keys')}</a></p>
    </article>
  );
}

function Verdict({ revoked }: Pick<CertificateView, 'revoked'>) {
  const { t } = useTranslation('certificates');
  const format = useFormat();
  if (!revoked) return <p className={styles['verdict']}><IconCircleCheck size={20} aria-hidden /> {t('valid')}</p>;
  return (
    <div className={styles['verdict']} role="alert">
      <IconCircleX size={20} aria-hidden />
      <span>{t('revoked', { when: format.date(revoked.at) })} <span className={styles['reason']}>{t('reason', { reason: revoked.reason })}</span></span>
    </div>
  );
}
